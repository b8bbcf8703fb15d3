/* SPDX-License-Identifier: ISC
 * The children that spawn made, and how what they leave is taken back.  Internal to lib/. */
#ifndef MULLION_CHILD_H
#define MULLION_CHILD_H

#include <stdint.h>

struct child {
	int pid;
	int frame;            /* its PROC frame */
	uintptr_t entry, arg; /* how it starts: arg is its start block, and the stack begins below */
};

/** Remembers a child.  0, or -ENOMEM in PROTO_ERRNO's form. */
int child_add(const struct child *c);
/** 1 and *out, or 0 if spawn did not make it. */
int child_get(int pid, struct child *out);

/** Gives a new child room for its records: what an earlier child left, or new. */
int records_give(int pid);

#endif
