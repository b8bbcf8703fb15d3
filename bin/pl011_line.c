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

static void line_echo(struct line *l, const char *text)
{
	l->echo(text, strlen(text));
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
	columns = byte_show(*line_at(l, l->end), shown);
	while (columns--)
		line_echo(l, "\b \b");
	return 1;
}

static void line_erase_word(struct line *l)
{
	while (l->end != l->ready && *line_at(l, l->end - 1) == ' ')
		line_erase(l);
	while (l->end != l->ready && *line_at(l, l->end - 1) != ' ')
		line_erase(l);
}

static void line_push(struct line *l, uint16_t entry)
{
	if (l->end - l->read < LINE_RING)
		*line_at(l, l->end++) = entry;
}

/** An ordinary byte: two entries must be left for the line's end. */
static void line_type(struct line *l, uint8_t c)
{
	char shown[2];

	if (l->end - l->read >= LINE_RING - 2) {
		line_echo(l, "\a");
		return;
	}
	line_push(l, c);
	l->echo(shown, byte_show(c, shown));
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
	return l->end - l->read >= LINE_RING - 2 && l->ready != l->read;
}

int line_is_ready(const struct line *l)
{
	return l->ready != l->read;
}

size_t line_peek(const struct line *l, char *buf, size_t len, uint32_t *used)
{
	size_t n = 0;

	*used = 0;
	for (uint32_t i = l->read; i != l->ready && n < len; i++) {
		uint16_t entry = l->ring[i % LINE_RING];

		if (entry == LINE_EOF) {
			*used += n == 0; /* behind other bytes it is the next reader's */
			break;
		}
		buf[n++] = (char)entry;
		(*used)++;
		if (entry == '\n' && !l->raw)
			break;
	}
	return n;
}

void line_drop(struct line *l, uint32_t used)
{
	l->read += used;
}

void line_cancel(struct line *l)
{
	l->end = l->ready;
	line_echo(l, "^C\n");
}

/** What was typed ahead as bytes, before anybody asked for lines, is edited now as if it were typed now. */
static void line_again(struct line *l)
{
	uint32_t at = l->read, end = l->end;

	l->ready = l->end = l->read;
	for (; at != end; at++) {
		uint16_t entry = *line_at(l, at); /* editing puts no more than it takes, so it stays behind */

		line_edit(l, entry == LINE_EOF ? CTRL('D') : (uint8_t)entry);
	}
}

int line_set_raw(struct line *l, int raw)
{
	int old = l->raw;

	l->raw = raw;
	if (old && !raw)
		line_again(l);
	for (uint32_t i = l->read; raw && i != l->end; i++)
		*line_at(l, i) = *line_at(l, i) == LINE_EOF ? CTRL('D') : *line_at(l, i);
	if (raw)
		l->ready = l->end;
	return old;
}
