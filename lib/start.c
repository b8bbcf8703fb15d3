/* SPDX-License-Identifier: ISC
 * From crt0 to main: learns which process this is, puts its memory and files in order, runs the constructors.  Runs once,
 * before any other thread. */
#include <stdlib.h>
#include <unistd.h>
#include "self.h"

extern char **environ;
extern char _end[];

/** The boot page, in the first process; NULL in all others. */
const struct boot *boot_page;

void __libc_init_array(void);
int main(int argc, char **argv, char **envp);
void start_c(const void *arg) __attribute__((noreturn));

static char *no_strings[] = {NULL};

static void self_first(const struct boot *boot)
{
	boot_page = boot;
	self.boot = boot;
	self.pid = boot->pid;
	self.l1 = boot->l1;
	self.info = (const struct proc_info *)BOOT_INFO_VA;
	self.heap_va = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
	environ = no_strings;
}

static void self_spawned(struct spawn_start *start)
{
	self.start = start;
	self.init = start->init;
	self.pid = thread_self();
	self.l1 = start->l1;
	self.info = (const struct proc_info *)start->info_va;
	self.heap_va = start->heap_va;
	environ = start->envp;
	/* The default pager gives the pages that the stack grows by. */
	frame_allow(self.init, ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND);
}

/* Registered first, so the last before streams are flushed. */
static void ending(void)
{
	self.ending = true;
}

void start_c(const void *arg)
{
	const struct boot *boot = arg;
	int argc = 0;
	char **argv = no_strings;

	if (boot->magic == BOOT_MAGIC) {
		self_first(boot);
	} else {
		self_spawned((struct spawn_start *)(uintptr_t)arg);
		argc = self.start->argc;
		argv = self.start->argv;
	}
	memory_start();
	files_start();
	atexit(ending);
	__libc_init_array();
	exit(main(argc, argv, environ));
}
