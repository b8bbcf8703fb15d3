/* SPDX-License-Identifier: ISC
 * The line discipline of pl011_line.h. */
#include <string.h>
#include "pl011_line.h"

#define CTRL(c) ((c)&0x1f)
#define RUBOUT  0x7f

static uint16_t *line_at(struct line *l, uint32_t i)
{
	return &l->ring[i % LINE_RING];
}

static void line_show(struct line *l, const char *text, size_t n)
{
	if (!l->again)
		l->echo(text, n);
}

static void line_echo(struct line *l, const char *text)
{
	line_show(l, text, strlen(text));
}

/** What a byte looks like when it is typed: control characters as ^X. */
static size_t byte_show(uint16_t c, char out[2])
{
	if (c >= ' ' && c != RUBOUT) {
		out[0] = (char)c;
		return 1;
	}
	out[0] = '^';
	out[1] = (char)(c ^ 0x40);
	return 2;
}

static int byte_goes_on(uint16_t c) /* the second and later bytes of a UTF-8 character */
{
	return (c & 0xc0) == 0x80;
}

/** Takes the last character of the line back. 0: there is none. */
static int line_erase(struct line *l)
{
	char shown[2];
	size_t columns;

	if (l->end == l->ready)
		return 0;
	l->end--;
	while (l->end != l->ready && byte_goes_on(*line_at(l, l->end)))
		l->end--;
	columns = byte_show((uint8_t)*line_at(l, l->end), shown);
	while (columns--)
		line_echo(l, "\b \b");
	return 1;
}

static void line_erase_word(struct line *l)
{
	while (l->end != l->ready && (uint8_t)*line_at(l, l->end - 1) == ' ')
		line_erase(l);
	while (l->end != l->ready && (uint8_t)*line_at(l, l->end - 1) != ' ')
		line_erase(l);
}

static void line_push(struct line *l, uint16_t entry)
{
	if (l->end - l->read < LINE_RING)
		*line_at(l, l->end++) = l->again ? entry | LINE_UNSEEN : entry;
}

static int ring_is_full(const struct line *l) /* two entries must be left for the line's end */
{
	return l->end - l->read >= LINE_RING - 2;
}

/** An ordinary byte.  A line that is longer than what can be kept is read in parts, and no longer edited. */
static void line_type(struct line *l, uint8_t c)
{
	char shown[2];

	if (ring_is_full(l)) {
		line_echo(l, "\a");
		return;
	}
	line_push(l, c);
	line_show(l, shown, byte_show(c, shown));
	if (ring_is_full(l))
		l->ready = l->end;
}

static void line_edit(struct line *l, uint8_t c)
{
	switch (c) {
	case '\r':
	case '\n':
		line_push(l, '\n');
		l->ready = l->end;
		line_echo(l, "\n");
		break;
	case '\b':
	case RUBOUT:
		line_erase(l);
		break;
	case CTRL('U'):
		while (line_erase(l))
			;
		break;
	case CTRL('W'):
		line_erase_word(l);
		break;
	case CTRL('D'):
		if (l->end == l->ready)
			line_push(l, LINE_EOF);
		l->ready = l->end;
		break;
	default:
		line_type(l, c);
	}
}

void line_input(struct line *l, uint8_t c)
{
	if (!l->raw) {
		line_edit(l, c);
		return;
	}
	line_push(l, c);
	l->ready = l->end;
}

int line_is_full(const struct line *l)
{
	return ring_is_full(l);
}

int line_is_ready(const struct line *l)
{
	return l->ready != l->read;
}

static int byte_ends_line(uint16_t entry)
{
	return entry == '\n' || entry == '\r' || entry == CTRL('C') || entry == CTRL('D');
}

size_t line_peek(const struct line *l, char *buf, size_t len, uint32_t *used)
{
	size_t n = 0;

	*used = 0;
	for (uint32_t i = l->read; i != l->ready && n < len; i++) {
		uint16_t entry = l->ring[i % LINE_RING] & (uint16_t)~LINE_UNSEEN;

		if (entry == LINE_EOF) {
			*used += n == 0; /* behind other bytes it is the next reader's */
			break;
		}
		buf[n++] = (char)entry;
		(*used)++;
		if (l->raw ? byte_ends_line(entry) : entry == '\n')
			break;
	}
	return n;
}

/** Shows an entry that was not shown when it was typed. */
static void line_see(struct line *l, uint32_t i)
{
	uint16_t entry = *line_at(l, i) & (uint16_t)~LINE_UNSEEN;
	char shown[2];

	if (*line_at(l, i) == entry)
		return;
	*line_at(l, i) = entry;
	if (entry == '\n')
		l->echo("\n", 1);
	else if (entry != LINE_EOF)
		l->echo(shown, byte_show(entry, shown));
}

void line_drop(struct line *l, uint32_t used)
{
	for (; used; used--)
		line_see(l, l->read++);
}

void line_cancel(struct line *l)
{
	l->end = l->ready;
	line_echo(l, "^C\n");
}

/** What was typed ahead as bytes, before anybody asked for lines, is edited now as if it were typed now.  Whole lines are
 * shown when they are read: that may be in the other mode, and by an editor of its own. */
static void line_again(struct line *l)
{
	uint32_t at = l->read, end = l->end;

	l->ready = l->end = l->read;
	l->again = 1;
	for (; at != end; at++) {
		uint16_t entry = *line_at(l, at); /* editing puts no more than it takes, so it stays behind */

		if (entry != CTRL('C') || !l->interrupt || !l->interrupt())
			line_edit(l, entry == LINE_EOF ? CTRL('D') : (uint8_t)entry);
	}
	l->again = 0;
	for (at = l->ready; at != l->end; at++)
		line_see(l, at);
}

int line_set_raw(struct line *l, int raw)
{
	int old = l->raw;

	l->raw = raw;
	if (old && !raw)
		line_again(l);
	for (uint32_t i = l->read; raw && i != l->end; i++)
		*line_at(l, i) = *line_at(l, i) & LINE_EOF ? CTRL('D') : (uint8_t)*line_at(l, i);
	if (raw)
		l->ready = l->end;
	return old;
}
