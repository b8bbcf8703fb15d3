/* SPDX-License-Identifier: ISC
 * The machine under the shell, as it is on Mullion: programs by spawn_with, the terminal by the console
 * driver's requests.  Events are in sh_event.c. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "sh_mull.h"
#include "sh_os.h"

#define BIT_INTR 0 /* the notification that Ctrl-C is */

static int console;  /* pid of the driver */
static int last_err; /* of the last call that failed, below 0: the machine's, else errno */

static int failed(int err)
{
	last_err = PROTO_IS_ERRNO(err) ? PROTO_TO_ERRNO(err) : err;
	errno = last_err > 0 ? last_err : EIO;
	return -1;
}

const char *os_error(void)
{
	return last_err < 0 ? err_string(last_err) : strerror(last_err ? last_err : errno);
}

void os_init(void)
{
}

int os_pid(void)
{
	return getpid();
}

int os_spawn(const char *path, char *const argv[], char *const envp[], const int *fds, size_t fd_n)
{
	struct spawn_how how = {.envp = envp, .fds = fds, .fd_n = (int)fd_n};
	int pid = spawn_with(path, argv, &how);

	if (pid < 0)
		return failed(pid);
	event_spawned(pid);
	return pid;
}

int os_pipe(int fds[2])
{
	last_err = 0;
	return pipe(fds);
}

int os_kill(int pid, int status)
{
	int r = proc_end(pid, status);

	return r < 0 ? failed(r) : 0;
}

int os_terminal(int fd)
{
	return fd >= 0 && isatty(fd);
}

static void console_ask(int tag, int value)
{
	struct msg m = {.tag = tag, .word = {(uint32_t)value}};

	msg_call(console, &m, -1);
}

void os_raw(int raw)
{
	if (!console) {
		console = name_lookup("console");
		if (console > 0)
			frame_allow(console, ALLOW_SEND); /* the notification of Ctrl-C */
	}
	if (console <= 0)
		return;
	console_ask(CON_INTR, raw ? -1 : BIT_INTR);
	console_ask(CON_MODE, raw);
}

int os_getc(void)
{
	unsigned char c;

	return read(0, &c, 1) == 1 ? c : -1;
}

const char *os_call_text(int call)
{
	static const char *const texts[] = {
#define X(name, number, stub, book, text) [number] = text,
#include <call.def>
#undef X
	};

	return call > 0 && call < CALL_LIMIT ? texts[call] : NULL;
}

void os_words(void)
{
	words_frame();
	words_map();
	words_look();
	words_proc();
	words_thread();
	words_msg();
	words_bytes();
}

const char *os_shell(void)
{
	return "/bin/sh";
}
