/* SPDX-License-Identifier: ISC
 * The console's line discipline: bytes from the keyboard become lines that can be edited until their end, or
 * pass as they are.  Knows no device and makes no call. */
#ifndef PL011_LINE_H
#define PL011_LINE_H

#include <stddef.h>
#include <stdint.h>

#define LINE_RING   8192  /* entries */
#define LINE_EOF    0x100 /* an entry: Ctrl-D was pressed here */
#define LINE_UNSEEN 0x200 /* in an entry: it was typed ahead, and is shown when it is read */

struct line {
	uint16_t ring[LINE_RING];
	uint32_t read;  /* what was read so far; these three count entries for ever */
	uint32_t ready; /* what may be read */
	uint32_t end;   /* of what was typed: the rest is being edited */
	int raw;        /* 1: no editing, no echo */
	int again;      /* what was typed ahead is being edited */
	void (*echo)(const char *text, size_t n);
	int (*interrupt)(void); /* Ctrl-C was typed ahead; 0, or NULL: it is a byte like others */
};

/** A byte was typed. */
void line_input(struct line *l, uint8_t c);

/** Whether the next byte would be lost: let it wait.  Then there is something to read, too. */
int line_is_full(const struct line *l);

/** Whether a reader gets an answer now, even if that is the end of the input. */
int line_is_ready(const struct line *l);

/** Copies what a reader of `len` bytes gets: at most a line, as what follows may be for the next reader; without editing
 * Ctrl-C and Ctrl-D end one, too.  Returns the bytes; *used the entries for line_drop. */
size_t line_peek(const struct line *l, char *buf, size_t len, uint32_t *used);

/** They were delivered. */
void line_drop(struct line *l, uint32_t used);

/** Throws away the line being edited, showing why. */
void line_cancel(struct line *l);

/** Changes the mode; what was typed so far can be read, and is shown once, however often the mode changes.  Returns the old one. */
int line_set_raw(struct line *l, int raw);

#endif
