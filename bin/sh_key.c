/* SPDX-License-Identifier: ISC
 * What each key does to the line, and the tab key's completion. */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define CTRL(c) ((c)&31)
#define ESCAPE  27
#define DELETE  127

static void erase_word(struct line *l)
{
	size_t from = l->at;

	while (from && l->text.s[from - 1] == ' ')
		from--;
	while (from && l->text.s[from - 1] != ' ')
		from--;
	line_erase(l, from, l->at);
}

static size_t word_left(const struct line *l)
{
	size_t at = l->at;

	while (at && l->text.s[at - 1] == ' ')
		at--;
	while (at && l->text.s[at - 1] != ' ')
		at--;
	return at;
}

static size_t word_right(const struct line *l)
{
	size_t at = l->at;

	while (at < l->text.n && l->text.s[at] == ' ')
		at++;
	while (at < l->text.n && l->text.s[at] != ' ')
		at++;
	return at;
}

/** ESC [ … or ESC O …: its last byte, and the number before it. */
static void escape_key(struct line *l)
{
	int c = l->get(), number = 0;

	if (c == 'b')
		line_move(l, word_left(l));
	if (c == 'f')
		line_move(l, word_right(l));
	if (c != '[' && c != 'O')
		return;
	while ((c = l->get()) >= 0 && ((c >= '0' && c <= '9') || c == ';'))
		number = c == ';' ? 0 : (number * 10 + c - '0') % 1000;
	if (c == 'A' || c == 'B')
		line_recall(l, c == 'A' ? -1 : 1);
	else if (c == 'C')
		line_move(l, number == 5 ? word_right(l) : line_after(l, l->at));
	else if (c == 'D')
		line_move(l, number == 5 ? word_left(l) : line_before(l, l->at));
	else if (c == 'H' || (c == '~' && (number == 1 || number == 7)))
		line_move(l, 0);
	else if (c == 'F' || (c == '~' && (number == 4 || number == 8)))
		line_move(l, l->text.n);
	else if (c == '~' && number == 3)
		line_erase(l, l->at, line_after(l, l->at));
}

/** How many bytes all of the words begin with. */
static size_t common(const struct list *words)
{
	size_t n = strlen(words->v[0]), i, k;

	for (i = 1; i < words->n; i++) {
		for (k = 0; k < n && words->v[i][k] == words->v[0][k]; k++)
			;
		n = k;
	}
	return n;
}

/** Shows what the word could become, in columns, and the line again below. */
static void show_choices(struct line *l, const struct list *words)
{
	size_t i, width = 1, across;
	struct str text = {0};

	for (i = 0; i < words->n; i++)
		width = strlen(words->v[i]) + 2 > width ? strlen(words->v[i]) + 2 : width;
	across = l->columns / width ? l->columns / width : 1;
	for (i = 0; i < words->n; i++)
		str_printf(&text, "%s%-*s", i % across ? "" : "\r\n", (int)width, words->v[i]);
	str_puts(&text, "\r\n");
	l->put(text.s, text.n);
	str_free(&text);
	line_show(l);
}

void line_tab(struct line *l)
{
	struct list words = {0};
	size_t from, n, have;

	if (!l->complete)
		return;
	from = l->complete(str_text(&l->text), l->at, &words);
	have = l->at - from;
	n = words.n ? common(&words) : 0;
	if (n > have)
		line_insert(l, words.v[0] + have, n - have);
	if (words.n == 1 && n >= have && n && words.v[0][n - 1] != '/')
		line_insert(l, " ", 1);
	if (words.n > 1 && n <= have && l->tabs)
		show_choices(l, &words);
	l->tabs++;
	list_free(&words);
}

/** The keys that only move or erase; 0: c is none of them. */
static int edit_key(struct line *l, int c)
{
	switch (c) {
	case CTRL('A'):
		line_move(l, 0);
		break;
	case CTRL('E'):
		line_move(l, l->text.n);
		break;
	case CTRL('B'):
		line_move(l, line_before(l, l->at));
		break;
	case CTRL('F'):
		line_move(l, line_after(l, l->at));
		break;
	case CTRL('P'):
		line_recall(l, -1);
		break;
	case CTRL('N'):
		line_recall(l, 1);
		break;
	case CTRL('K'):
		line_erase(l, l->at, l->text.n);
		break;
	case CTRL('U'):
		line_erase(l, 0, l->at);
		break;
	case CTRL('W'):
		erase_word(l);
		break;
	case CTRL('H'):
	case DELETE:
		line_erase(l, line_before(l, l->at), l->at);
		break;
	case CTRL('L'):
		l->put("\033[H\033[2J", 7);
		line_show(l);
		break;
	case ESCAPE:
		escape_key(l);
		break;
	default:
		return 0;
	}
	return 1;
}

int line_key(struct line *l, int c)
{
	char byte = (char)c;

	if (c == '\t') {
		line_tab(l);
		return LINE_MORE;
	}
	l->tabs = 0;
	if (c == '\r' || c == '\n') {
		if (l->at < l->text.n)
			line_move(l, l->text.n);
		return LINE_OK;
	}
	if (c == CTRL('C'))
		return LINE_INTR;
	if (c == CTRL('D')) {
		if (!l->text.n)
			return LINE_END;
		line_erase(l, l->at, line_after(l, l->at));
		return LINE_MORE;
	}
	if (!edit_key(l, c) && (c >= ' ' || c < 0))
		line_insert(l, &byte, 1);
	return LINE_MORE;
}
