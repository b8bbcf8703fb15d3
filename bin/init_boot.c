/* SPDX-License-Identifier: ISC
 * Starts the console driver, the file server and the shell.  There is no file server yet when it does, so it
 * reads the boot archive itself; then the archive is the file server's.  Runs in the worker, but for boot_named
 * and boot_died, which the server calls. */
#include <stdio.h>
#include <string.h>
#include "init.h"
#include "ustar.h"

#define CONSOLE "bin/pl011"
#define FILES   "bin/files"
#define SHELL   "bin/sh"
#define SCRIPT  "etc/cmd"

int spawn_image(const void *elf, size_t len, const char *name, char *const argv[], const struct spawn_how *how);
int file_install(int fd, int server, int handle, int type);

static char *const environment[] = {"PATH=/bin", "HOME=/tmp", NULL};

static struct sem console_up = SEM_INIT(0), files_up = SEM_INIT(0);
static volatile int console_pid, files_pid, shell_pid; /* written by the worker before what they name runs */
static volatile int done;

int boot_console(void)
{
	return console_pid;
}

int boot_is_server(int pid)
{
	return pid == console_pid || pid == files_pid;
}

int boot_done(void)
{
	return done;
}

static int archive_find(const uint8_t *archive, const char *path, struct ustar_entry *e)
{
	uint32_t pos = 0;

	while (ustar_next(archive, boot_page->archive_len, &pos, e)) {
		if (e->type == USTAR_FILE && !strcmp(e->path, path))
			return 1;
	}
	return 0;
}

/** Tells the server, as any parent does, what the new child is called. */
static void boot_name(int pid, const char *name)
{
	struct msg m = {.tag = INIT_PROC_NAME, .word = {(uint32_t)pid}};

	strncpy((char *)&m.word[1], name, sizeof(m.word) - sizeof(m.word[0]) - 1);
	msg_call(boot_page->pid, &m, -1);
}

/** Makes a process of a program in the archive; it does not run yet.  Its pid; without it there is no system. */
static int boot_spawn(const uint8_t *archive, const char *path, char *const argv[], int priority)
{
	struct spawn_how how = {.envp = environment, .stopped = 1, .priority = priority};
	struct ustar_entry e;
	char line[96];
	int pid;

	if (!archive || !archive_find(archive, path, &e)) {
		snprintf(line, sizeof(line), "init: %s is not in the boot archive\n", path);
		console_write(line);
		power_off(1);
	}
	pid = spawn_image(e.data, e.len, argv[0], argv, &how);
	if (pid < 0) {
		snprintf(line, sizeof(line), "init: %s: %s\n", path, err_string(pid));
		console_write(line);
		power_off(1);
	}
	boot_name(pid, argv[0]);
	return pid;
}

void boot_start(void)
{
	const uint8_t *archive = vm_map(boot_page->archive, 0, 0, F_MAP_READ);
	char id[12], len[12];
	char *console_argv[] = {"pl011", NULL}, *files_argv[] = {"files", id, len, NULL};
	char *shell_argv[] = {"sh", NULL, NULL};
	struct ustar_entry e;
	struct frame f;

	console_pid = boot_spawn(archive, CONSOLE, console_argv, CONSOLE_PRIORITY);
	spawn_go(console_pid);
	sem_wait(&console_up, -1);

	snprintf(id, sizeof(id), "%d", boot_page->archive);
	snprintf(len, sizeof(len), "%lu", (unsigned long)boot_page->archive_len);
	files_pid = boot_spawn(archive, FILES, files_argv, FILES_PRIORITY);
	for (int fd = 0; fd < 3; fd++)
		file_install(fd, console_pid, fd ? 1 : 0, IO_IS_CONSOLE);
	if (archive_find(archive, SCRIPT, &e))
		shell_argv[1] = "/" SCRIPT;
	shell_pid = boot_spawn(archive, SHELL, shell_argv, PRIORITY_DEFAULT);
	if (frame_info(boot_page->archive, &f) >= 0)
		vm_unmap((void *)(uintptr_t)archive, f.len);
	frame_give(boot_page->archive, files_pid);
	spawn_go(files_pid);
	sem_wait(&files_up, -1);
	spawn_go(shell_pid);
	done = 1;
}

void boot_named(const char *name)
{
	if (!strcmp(name, "console"))
		sem_post(&console_up);
	if (!strcmp(name, "files"))
		sem_post(&files_up);
}

void boot_died(int pid, int status)
{
	char line[64];

	if (pid == shell_pid) {
		work_power_off(status);
		return;
	}
	if (pid != console_pid && pid != files_pid)
		return;
	snprintf(line, sizeof(line), "init: %s ended with status %d\n", pid == files_pid ? "files" : "console", status);
	if (pid == console_pid)
		console_pid = 0;
	work_report(NULL, line);
	if (!shell_pid) /* nothing can start any more */
		machine_reset();
}
