/* SPDX-License-Identifier: ISC
 * Programs from files: an ELF loader that runs in the parent, and what a program finds when it starts. */
#ifndef MULLION_SPAWN_H
#define MULLION_SPAWN_H

#include <stddef.h>
#include <stdint.h>

#define SPAWN_FDS 16

/** One open file handed to a child: the server and its handle; server 0: closed. */
struct spawn_fd {
	int server;
	int handle;
	int type; /* IO_IS_… */
};

/** What the first thread finds in r0: the start block, on the last page of its stack, above sp. */
struct spawn_start {
	int init; /* pid of the memory and name server */
	int parent;
	int l1; /* the root table, f_id */
	char **argv;
	char **envp;
	int argc;
	uintptr_t tables_va;           /* its own tables, read-only: the L1, then an L2 each page */
	uintptr_t info_va;             /* its information page */
	uintptr_t heap_va;             /* first page past its image */
	struct spawn_fd fd[SPAWN_FDS]; /* its open files */
	char cwd[128];
	int pool; /* MEM frame of its own that its pool begins with, 0: none */
};

/** How to start a program; zeroed fields mean "as mine". */
struct spawn_how {
	char *const *envp;
	const int *fds; /* fds[i]: which of my files is the child's i, -1 closed */
	int fd_n;       /* 0: all of mine */
	int stopped;    /* 1: made, not started */
	int priority;
	size_t pool; /* bytes of memory that come with it, whole pages; 0: it asks the memory server for all that it needs */
};

/** Starts a program: `path` as it is if it has a '/', else looked for in $PATH (/bin).  Returns its pid.
 * ERR_… , or -errno - 1000 of the file (lib/proto.h). */
int spawn(const char *path, char *const argv[]);

/** Starts a program as spawn does, but with what *how says.  Returns its pid.
 * ERR_… , or -errno - 1000 of the file (lib/proto.h). */
int spawn_with(const char *path, char *const argv[], const struct spawn_how *how);

/** Starts a child made with how->stopped. */
int spawn_go(int pid);

/** Waits for a child's end, takes everything back that it owned, and answers 0; *status gets its status.
 * A program ended by a fault has the status 139. */
int spawn_wait(int pid, int *status);

/** The same for a child that is known to have ended (its MSG_DIED was received): does not wait. */
int spawn_reap(int pid);

#endif
