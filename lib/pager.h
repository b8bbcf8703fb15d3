/* SPDX-License-Identifier: ISC
 * The loop and protocol of a pager: receives faults, asks a policy for a frame, maps it, answers. */
#ifndef MULLION_PAGER_H
#define MULLION_PAGER_H

#include <stdint.h>
#include "msg.h"

/** A fault, taken from its message. */
struct pager_fault {
	int thread, pid; /* whose */
	uint32_t call;   /* its number: for msg.call of an answer that is not given by pager_run */
	uintptr_t address, pc;
	int kind; /* FAULT_… */
	int root;
	int table; /* where the walk ended: an L2, or the root if no L2 stands there */
};

struct pager {
	/** Decides a fault: 0: it is repaired, retry; anything else: the thread ends. */
	int (*fault)(struct pager *p, const struct pager_fault *f);
	/** Any other message; answers with msg_reply itself.  May be NULL: then it is refused with ERR_CALL. */
	void (*other)(struct pager *p, struct msg *m);
	int stop; /* set to leave pager_run */
	void *data;
};

/** Takes a MSG_FAULT apart. */
void pager_fault_from(struct pager_fault *f, const struct msg *m);

/** Whether the fault asks for a page that is missing: nothing is mapped there, and it is no access that a program makes by mistake alone, below
 * the first page that it has mapped (a null pointer). */
int pager_demand(const struct pager_fault *f);

/** Reports the fault on standard error as the system does for a program without a pager.  Returns the answer that ends the thread, and with the
 * last one its process, with the status of a program that a fault ended (139). */
int pager_refuse(const struct pager_fault *f);

/** Maps `len` bytes of my frame f_id from `offset` at the page of `address` in the faulting thread's vspace, putting an
 * L2 of mine there if none stands.  ERR_… as frame_map. */
int pager_map(const struct pager_fault *f, int f_id, size_t offset, size_t len, int rights);

/** Receives and answers until p->stop. */
int pager_run(struct pager *p);

#endif
