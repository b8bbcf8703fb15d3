/* SPDX-License-Identifier: ISC
 * The line editor: the text, what the terminal shows of it, the history.  A line wider than the terminal
 * scrolls sideways.  Knows bytes alone: where they come from and go to is its owner's. */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

static void put_text(struct line *l, const char *s)
{
	l->put(s, strlen(s));
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

void line_show(struct line *l)
{
	const char *text = str_text(&l->text);
	struct str shown = {0};
	size_t end, column;

	if (l->at < l->left)
		l->left = l->at;
	while (columns_of(text + l->left, l->at - l->left) > room(l))
		l->left = line_after(l, l->left);
	for (end = l->left; end < l->text.n && columns_of(text + l->left, end - l->left) < room(l);)
		end = line_after(l, end);
	str_printf(&shown, "\r%s", l->prompt);
	str_add(&shown, text + l->left, end - l->left);
	str_puts(&shown, "\033[K\r");
	column = l->prompt_columns + columns_of(text + l->left, l->at - l->left);
	if (column)
		str_printf(&shown, "\033[%uC", (unsigned)column);
	l->put(shown.s, shown.n);
	str_free(&shown);
}

void line_insert(struct line *l, const char *s, size_t n)
{
	size_t tail = l->text.n - l->at;

	str_add(&l->text, s, n);
	memmove(l->text.s + l->at + n, l->text.s + l->at, tail);
	memcpy(l->text.s + l->at, s, n);
	l->at += n;
	/* What is typed at the end needs no more than itself. */
	if (!tail && columns_of(l->text.s + l->left, l->at - l->left) < room(l))
		l->put(s, n);
	else
		line_show(l);
}

void line_erase(struct line *l, size_t from, size_t to)
{
	if (to > from) {
		memmove(l->text.s + from, l->text.s + to, l->text.n - to);
		l->text.n -= to - from;
		l->text.s[l->text.n] = 0;
	}
	l->at = from;
	line_show(l);
}

void line_recall(struct line *l, int step)
{
	const char *text;

	if (step < 0 ? !l->recall : l->recall == l->history.n)
		return;
	if (l->recall == l->history.n) {
		free(l->fresh);
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
	if (*text && (!l->history.n || strcmp(l->history.v[l->history.n - 1], text) != 0))
		list_add(&l->history, text);
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

		result = c < 0 ? LINE_END : line_key(l, c);
	}
	if (result == LINE_INTR)
		put_text(l, "^C");
	put_text(l, "\r\n");
	return result;
}
