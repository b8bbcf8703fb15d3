/* SPDX-License-Identifier: ISC
 * The line editor: the text, what the terminal shows of it, the history.  A line wider than the terminal
 * scrolls sideways.  Knows bytes alone: where they come from and go to is its owner's. */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define DELETE      127
#define HISTORY_LEN 262144 /* bytes, unless one line has more */

static void put_text(struct line *l, const char *s)
{
	l->put(s, strlen(s));
}

/** Whether a key stands for itself: a byte of text, or a tab that was pasted with text behind it. */
static int key_is_text(const struct line *l, int c)
{
	const char *ahead;
	size_t n, i = 0;

	if (c != '\t' || !l->ahead)
		return c >= ' ' && c != DELETE;
	for (n = l->ahead(&ahead); i < n && ahead[i] == '\t'; i++)
		;
	return i < n && (unsigned char)ahead[i] > ' ' && ahead[i] != DELETE;
}

static int continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t line_before(const struct line *l, size_t at)
{
	while (at && continues(l->text.s[--at]))
		;
	return at;
}

size_t line_after(const struct line *l, size_t at)
{
	if (at < l->text.n)
		at++;
	while (at < l->text.n && continues(l->text.s[at]))
		at++;
	return at;
}

static size_t columns_of(const char *s, size_t n)
{
	size_t i, columns = 0;

	for (i = 0; i < n; i++)
		columns += !continues(s[i]);
	return columns;
}

/** Columns that the text may fill. */
static size_t room(const struct line *l)
{
	return l->columns > l->prompt_columns + 10 ? l->columns - l->prompt_columns - 1 : 9;
}

/** Whether that place is shown as the line stands on the terminal now.  Looks at no more than what is shown. */
static int is_shown(const struct line *l, size_t at)
{
	size_t i = l->left, columns = 0;

	while (i < at && columns <= room(l)) {
		i = line_after(l, i);
		columns++;
	}
	return at >= l->left && i >= at && columns <= room(l);
}

/** Where the part to be shown begins if the cursor is not in it: half a line before the cursor, so that not every key
 * past an edge shows a line anew. */
static size_t left_of(const struct line *l)
{
	size_t left = l->at, i;

	for (i = 0; i < room(l) / 2 && left; i++)
		left = line_before(l, left);
	return left;
}

/** Text as the terminal shows it, a column for each character: a tab as a blank. */
static void put_shown(struct str *out, const char *s, size_t n)
{
	size_t i, from = out->n;

	str_add(out, s, n);
	for (i = from; i < out->n; i++)
		if (out->s[i] == '\t')
			out->s[i] = ' ';
}

static void put_cursor(const struct line *l, struct str *out)
{
	size_t column = l->prompt_columns + columns_of(str_text(&l->text) + l->left, l->at - l->left);

	str_putc(out, '\r');
	if (column)
		str_printf(out, "\033[%uC", (unsigned)column);
}

static void put_str(const struct line *l, struct str *out)
{
	l->put(str_text(out), out->n);
	str_free(out);
}

void line_show(struct line *l)
{
	const char *text = str_text(&l->text);
	struct str shown = {0};
	size_t end;

	if (!is_shown(l, l->at))
		l->left = left_of(l);
	for (end = l->left; end < l->text.n && columns_of(text + l->left, end - l->left) < room(l);)
		end = line_after(l, end);
	str_printf(&shown, "\r%s", l->prompt);
	put_shown(&shown, text + l->left, end - l->left);
	str_puts(&shown, "\033[K");
	put_cursor(l, &shown);
	put_str(l, &shown);
}

void line_move(struct line *l, size_t at)
{
	struct str shown = {0};

	l->at = at;
	if (!is_shown(l, at)) {
		line_show(l);
		return;
	}
	put_cursor(l, &shown);
	put_str(l, &shown);
}

void line_insert(struct line *l, const char *s, size_t n)
{
	size_t tail = l->text.n - l->at, columns = columns_of(s, n);
	struct str shown = {0};

	str_add(&l->text, s, n);
	if (l->text.n - tail != l->at + n)
		return; /* there is no memory for it */
	memmove(l->text.s + l->at + n, l->text.s + l->at, tail);
	memcpy(l->text.s + l->at, s, n);
	l->at += n;
	if (!is_shown(l, l->at)) {
		line_show(l);
		return;
	}
	/* What is typed needs no more than itself: the rest moves. */
	if (tail && columns)
		str_printf(&shown, "\033[%u@", (unsigned)columns);
	put_shown(&shown, s, n);
	put_str(l, &shown);
}

void line_erase(struct line *l, size_t from, size_t to)
{
	size_t columns = columns_of(str_text(&l->text) + from, to - from);
	int whole = is_shown(l, from) && is_shown(l, l->text.n);
	struct str shown = {0};

	l->at = from;
	if (to > from) {
		memmove(l->text.s + from, l->text.s + to, l->text.n - to);
		l->text.n -= to - from;
		l->text.s[l->text.n] = 0;
	}
	if (!whole) {
		line_show(l);
		return;
	}
	put_cursor(l, &shown);
	if (from == l->text.n)
		str_puts(&shown, "\033[K");
	else if (columns)
		str_printf(&shown, "\033[%uP", (unsigned)columns);
	put_str(l, &shown);
}

void line_recall(struct line *l, int step)
{
	const char *text;

	if (step < 0 ? !l->recall : l->recall == l->history.n)
		return;
	if (l->recall == l->history.n) {
		mem_free(l->fresh);
		l->fresh = mem_dup(str_text(&l->text));
	}
	l->recall = step < 0 ? l->recall - 1 : l->recall + 1;
	text = l->recall == l->history.n ? l->fresh : l->history.v[l->recall];
	l->text.n = 0;
	str_puts(&l->text, text);
	l->at = l->text.n;
	l->left = 0;
	line_show(l);
}

void line_remember(struct line *l, const char *text)
{
	if (!*text || (l->history.n && !strcmp(l->history.v[l->history.n - 1], text)))
		return;
	list_add(&l->history, text);
	l->history_len += strlen(text);
	while (l->history.n > 1 && l->history_len > HISTORY_LEN) {
		l->history_len -= strlen(l->history.v[0]);
		list_drop(&l->history, 1);
	}
}

/** A key, and what was typed or pasted with it and only stands for itself, as one. */
static int key_run(struct line *l, int c)
{
	char run[256];
	const char *ahead;
	size_t n = 0, more = l->ahead ? l->ahead(&ahead) : 0;

	if (!key_is_text(l, c))
		return line_key(l, c);
	run[n++] = (char)c;
	for (; more && n < sizeof run && key_is_text(l, (unsigned char)*ahead); more = l->ahead(&ahead))
		run[n++] = (char)l->get();
	l->tabs = 0;
	line_insert(l, run, n);
	return LINE_MORE;
}

int line_edit(struct line *l, const char *prompt)
{
	int result = LINE_MORE;

	l->prompt = prompt;
	l->prompt_columns = columns_of(prompt, strlen(prompt));
	l->text.n = 0;
	str_puts(&l->text, "");
	l->at = l->left = 0;
	l->recall = l->history.n;
	l->tabs = 0;
	if (!l->columns)
		l->columns = 80;
	put_text(l, prompt);
	while (result == LINE_MORE) {
		int c = l->get();

		result = c < 0 ? LINE_END : key_run(l, c);
	}
	if (result == LINE_INTR)
		put_text(l, "^C");
	put_text(l, "\r\n");
	return result;
}
