/* SPDX-License-Identifier: ISC
 * What the parts of the shell that know Mullion share: messages that wait, numbers and names in words. */
#ifndef SH_MULL_H
#define SH_MULL_H

#include <stddef.h>
#include <stdint.h>
#include <mullion.h>
#include "sh.h"

/** A number as the words take them: decimal or 0x…, with K or M.  -1 after reporting that it is none, or does not fit. */
int word_number(const char *word, const char *text, uint32_t *out);
/** A process: its id or its name.  -1 after reporting that there is none. */
int word_pid(const char *word, const char *text, int *out);
/** Reports what a call refused; 1, the word's status. */
int word_refused(const char *word, int err);
/** Nothing but the status, or the error. */
int word_done(const char *word, int r);
/** Prints r on a line of its own, or reports the error. */
int word_result(const char *word, int r);

/** Takes the next message that is for the words (neither an end, a fault nor Ctrl-C).  ERR_TIMEOUT. */
int event_recv(struct msg *m, int64_t timeout);
/** The process is the shell's own making: Ctrl-C does not end it, its corpse is left for `reap`. */
void event_made(int pid);
/** Room for one more process that spawn starts; 0 if there is no memory. */
int event_room(void);
/** The process was started by spawn: what it owned is taken back when it ends. */
void event_spawned(int pid);
/** Takes memory for the reserve from which programs start when there is no other, as far as there is any. */
void os_reserve_fill(void);
/** The shell's children: calls fn for each. */
void children_each(void (*fn)(const struct proc_info *info, void *data), void *data);

/** Reads or writes a word of the shell's own memory.  0, or -1 after reporting the fault. */
int guarded_read(const char *word, uintptr_t va, uint32_t *value);
int guarded_write(const char *word, uintptr_t va, uint32_t value);
/** What a fault was: "read of", "write of" and so on; and why it came. */
const char *fault_try(uint32_t kind);
const char *fault_why(uint32_t kind);

/** Lines of bytes at [s, s + n), numbered from `at`, in hexadecimal and as text. */
void out_hex(const unsigned char *s, size_t n, uint32_t at);

void words_frame(void);
void words_map(void);
void words_look(void);
void words_proc(void);
void words_thread(void);
void words_msg(void);
void words_bytes(void);

#endif
