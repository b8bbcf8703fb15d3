/* SPDX-License-Identifier: ISC
 * Messages and notifications.  Every process has one port, first come first served; several threads may
 * receive at it.  Timeouts are in nanoseconds, -1 for ever, 0 a poll. */
#ifndef MULLION_MSG_H
#define MULLION_MSG_H

#define MSG_WORDS 6

/* Tags from MSG_RESERVED up come from the kernel alone. */
#define MSG_RESERVED 0x7fffff00
#define MSG_NOTIFY   0x7fffff01 /* from 0: word[0] the bits */
#define MSG_DIED     0x7fffff02 /* from a child that ended: word[0] its status */
#define MSG_FAULT    0x7fffff03 /* from a thread: word[] address, pc, kind, root, table; answer tag 0: retry */

#ifndef __ASSEMBLER__
#include <stdint.h>
#include "err.h"

/** A message.  Whoever receives one, or an answer, finds in it, from the kernel: `from`, the thread that sent it (0: the
 * kernel); `pid`, that thread's process; `call`, the number of the call or fault that it is (0: it wants no answer) or,
 * in an answer, that it answers.  No two calls have one number, but after 2^29 others.
 * `frame` is a frame that goes with it, 0: none. */
struct msg {
	int from;
	int tag;
	int frame;
	uint32_t word[MSG_WORDS];
	int pid;
	uint32_t call;
};

/** Sends *m to pid and waits for the answer, which replaces *m; at most `timeout` for both.
 * A frame goes along if pid allows me to give; one may come with the answer.
 * ERR_FRAME ERR_KIND ERR_BUSY of m->frame · ERR_PROC · ERR_RIGHT · ERR_RANGE a reserved tag · ERR_TIMEOUT ·
 * ERR_DEAD.  After an error *m is as it was. */
int msg_call(int pid, struct msg *m, int64_t timeout);

/** Sends *m to pid and waits until it was received.  Errors as msg_call. */
int msg_send(int pid, struct msg *m, int64_t timeout);

/** Waits for a message to my process.  ERR_TIMEOUT. */
int msg_recv(struct msg *m, int64_t timeout);

/** Answers the thread `to`, whose call or fault my process received.  Never waits.
 * m->call: which of its calls, as it came; if that has ended (timed out, say) nobody gets the answer, least of all the
 * next call of that thread.  0: whichever it waits in now, for who knows that there is but one.
 * ERR_PROC it waits for no answer of mine, or not in that call (any more) · ERR_FRAME ERR_KIND ERR_BUSY of m->frame. */
int msg_reply(int to, struct msg *m);

/** Answers `to` (0: nobody) as msg_reply does, then waits for a message.  An error of the answer is returned at once. */
int msg_reply_recv(int to, struct msg *m, int64_t timeout);

/** Sets notification bits of pid, which it receives, or-ed together, before other messages.
 * ERR_PROC · ERR_RIGHT it does not let me send · ERR_DEAD. */
int msg_notify(int pid, uint32_t bits);
#endif

#endif
