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

/** Process pid, as the kernel names it in a message.  NULL: it has ended, or init cannot watch it. */
struct client *client_of(int pid);

/** Makes an open file that `c` holds.  NULL: no memory. */
struct open *open_new(struct client *c);

/** The open file of that handle, if the client holds it; else NULL. */
struct open *open_find(struct client *c, int handle);

/** One more hold of a client that may have one already.  0, or -1 without memory. */
int open_hold(struct open *o, struct client *c);

/** Takes one hold of the client's back. */
void open_release(struct open *o, struct client *c);

/** Some processes of these notification bits ended: what they held is closed. */
void clients_check(uint32_t bits);

#endif
