/* SPDX-License-Identifier: ISC
 * My room for records.  Internal to lib/; called with memory_lock held. */
#ifndef MULLION_ROOM_H
#define MULLION_ROOM_H

/** What a child starts with, and the most that is donated at once: bytes. */
#define ROOM_CHUNK (4 * PAGE_SIZE)

/** Donates memory until n credits are free.  ERR_MEMORY · ERR_RECORDS. */
int room_fill(int n);

/** The program asked for n free credits, and will count on them: from now on no room is turned back that leaves fewer. */
void room_ask(int n);

/** Free credits above which room is turned back into memory. */
int room_credits(void);

/** Takes over a RECORDS frame of mine that came with what somebody left. */
void room_add(int f_id);

/** Turns one frame of it back into memory, if `keep` free credits, or what was asked for, are left then.  Whether it did. */
int room_trim(int keep);

/** Whether more of it is here than serves any purpose, for want of the credits that turning it back costs. */
int room_idle(void);

/** Sees to it that what room_add took over lies where the pool's memory does, not where it happened to. */
void room_settle(void);

/** Whether it has that frame: for those who have little room. */
int room_has(int f_id);

/** Gives pid a frame of ROOM_CHUNK bytes with all its credits.  ERR_MEMORY · ERR_RECORDS · ERR_RIGHT · ERR_DEAD. */
int room_give(int pid);

#endif
