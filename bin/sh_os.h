/* SPDX-License-Identifier: ISC
 * What the shell asks of the machine besides ordinary files: processes, pipes, the terminal.  bin/sh_os.c
 * answers for Mullion, tests/host/sh_os_host.c for a host. */
#ifndef SH_OS_H
#define SH_OS_H

#include <stddef.h>

enum os_event_kind { OS_NONE, OS_DIED, OS_INTR };

/** Something that happened: a child ended with a status (as $? shows it), or the user typed Ctrl-C. */
struct os_event {
	enum os_event_kind kind;
	int pid;
	int status;
};

/** What the machine needs to do first; arguments as main's. */
void os_init(void);

/** How many bytes of stack may be used.  They are there: none of them needs memory later. */
size_t os_stack(void);

/** This process. */
int os_pid(void);

/** Starts the program in file `path` with fd_n files: fds[i] is the child's i, -1 closed.
 * Its pid, or -1 with errno. */
int os_spawn(const char *path, char *const argv[], char *const envp[], const int *fds, size_t fd_n);

/** What the last os_spawn, os_pipe or os_kill that failed was refused for. */
const char *os_error(void);

/** A pipe: fds[0] to read, fds[1] to write.  0, or -1 with errno. */
int os_pipe(int fds[2]);

/** The next event.  wait 0: only what has happened already, else up to `ms` (-1: for ever).
 * OS_NONE when there is none in that time, and no child that could still end. */
void os_event(struct os_event *ev, int wait, int ms);

/** Ends a process with a status.  0, or -1 with errno. */
int os_kill(int pid, int status);

/** 1 if pid is a child whose end can be waited for. */
int os_child(int pid);

/** After Ctrl-C: ends what the ended programs had started and left behind. */
void os_kill_strays(const int *keep, size_t n);

/** 1 if that file is a terminal. */
int os_terminal(int fd);

/** Terminal for editing (raw 1: bytes as typed, Ctrl-C among them) or for programs (0: lines, Ctrl-C an event). */
void os_raw(int raw);

/** The next byte from the terminal, -1 at the end. */
int os_getc(void);

/** The bytes that os_getc would give without waiting; how many. */
size_t os_ahead(const char **s);

/** The sentence of a call, by its number; NULL where there are no calls. */
const char *os_call_text(int call);

/** Adds the machine's own words to the builtins. */
void os_words(void);

/** The file that this shell runs from, to run it again. */
const char *os_shell(void);

#endif
