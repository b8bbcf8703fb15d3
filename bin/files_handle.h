/* SPDX-License-Identifier: ISC
 * Who has what open: open files by their handles, the processes that hold them, and what ends with a process. */
#ifndef FILES_HANDLE_H
#define FILES_HANDLE_H

#include <stdint.h>
#include "files_pipe.h"
#include "files_tree.h"

/** An open file: a node, or an end of a pipe. */
struct open {
	int handle;
	int flags;        /* O_… */
	uint32_t holders; /* processes */
	uint64_t pos;
	struct node *node; /* NULL: a pipe's */
	struct pipe *pipe;
	int end;              /* of the pipe: 0 to read, 1 to write */
	struct cursor cursor; /* of a directory */
};

struct client;

#define HOLDS_MOST 512 /* of one process: of each, what it opened and what was shared with it */

/** Process pid, as the kernel names it in a message.  NULL: it has ended, or init cannot watch it. */
struct client *client_of(int pid);

/** Counts pipes of process pid that hold bytes; `more` 1 or -1.  How many there are now; 0 if it has ended. */
int client_rings(int pid, int more);
/** Its id. */
int client_pid(const struct client *c);

/** Makes an open file that `c` holds.  NULL: no memory, or it holds HOLDS_MOST already. */
struct open *open_new(struct client *c);

/** The open file of that handle, if the client holds it; else NULL. */
struct open *open_find(struct client *c, int handle);

/** One more hold of a client that may have one already.  What it opened and what others shared with it are counted apart:
 * nobody can use up what it may open.  0, or -1: no memory, or too many. */
int open_hold(struct open *o, struct client *c);

/** Takes one hold of the client's back. */
void open_release(struct open *o, struct client *c);

/** Some processes of these notification bits ended: what they held is closed. */
void clients_check(uint32_t bits);

#endif
