/* SPDX-License-Identifier: ISC
 * Claim: the line editor's keys do what they say, the terminal shows the line that is being edited with the cursor
 * where it is, and history and completion find what they should.  It cannot show that bytes reach a terminal.
 * sources: bin/sh_line.c bin/sh_key.c bin/sh_mem.c
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define COLUMNS 40

struct shell sh;
static const char *keys;
static int grouped; /* the keys that follow are at hand, as in a paste */
static size_t written;
static char row[COLUMNS + 1]; /* the terminal's present line */
static size_t cursor;

void expand_fail(const char *fmt, ...)
{
	fputs(fmt, stderr);
	abort();
}

static int get(void)
{
	return *keys ? (unsigned char)*keys++ : -1;
}

/** ESC [ N x at s; answers the bytes taken. */
static size_t control(const char *s)
{
	size_t n = 2, number = 0;

	for (; s[n] >= '0' && s[n] <= '9'; n++)
		number = number * 10 + (size_t)(s[n] - '0');
	if (s[n] == '@') {
		memmove(row + cursor + number, row + cursor, COLUMNS - cursor - number);
		memset(row + cursor, ' ', number);
	} else if (s[n] == 'P') {
		memmove(row + cursor, row + cursor + number, COLUMNS - cursor - number);
		memset(row + COLUMNS - number, ' ', number);
	} else if (s[n] == 'K')
		memset(row + cursor, ' ', COLUMNS - cursor);
	else if (s[n] == 'C')
		cursor += number;
	assert(cursor < COLUMNS);
	return n + 1;
}

static void put(const char *s, size_t n)
{
	size_t i = 0;

	written += n;
	while (i < n) {
		if (s[i] == '\033') {
			i += control(s + i);
			continue;
		}
		if (s[i] == '\r') {
			cursor = 0;
		} else if (s[i] == '\n') {
			memset(row, ' ', COLUMNS);
		} else if ((s[i] & 0xc0) != 0x80) {
			assert(cursor < COLUMNS);
			row[cursor++] = s[i];
		}
		i++;
	}
}

static size_t complete(const char *text, size_t at, struct list *out)
{
	static const char *const words[] = {"frames", "free", "give"};
	size_t from = at, i;

	while (from && text[from - 1] != ' ')
		from--;
	for (i = 0; i < 3; i++)
		if (!strncmp(words[i], text + from, at - from))
			list_add(out, words[i]);
	return from;
}

static size_t ahead(const char **s)
{
	*s = keys;
	return grouped ? strlen(keys) : 0;
}

static struct line l = {.get = get, .put = put, .ahead = ahead, .complete = complete, .columns = COLUMNS};

/** Types keys, then Enter: the line must be `text`. */
static void typed(const char *k, const char *text)
{
	char all[300];

	snprintf(all, sizeof(all), "%s\r", k);
	keys = all;
	memset(row, ' ', COLUMNS);
	cursor = 0;
	assert(line_edit(&l, "$ ") == LINE_OK);
	if (strcmp(str_text(&l.text), text) != 0) {
		printf("%s is not %s\n", str_text(&l.text), text);
		abort();
	}
	line_remember(&l, text);
}

/** After keys without Enter: what the terminal shows, and where its cursor is. */
static void shows(const char *k, const char *text, size_t at)
{
	keys = k;
	memset(row, ' ', COLUMNS);
	cursor = 0;
	l.put = put;
	l.text.n = 0;
	str_puts(&l.text, "");
	l.prompt = "$ ";
	l.prompt_columns = 2;
	l.at = l.left = 0;
	l.recall = l.history.n;
	put("$ ", 2);
	while (*keys)
		assert(line_key(&l, get()) == LINE_MORE);
	if (strncmp(row, text, strlen(text)) != 0 || cursor != at) {
		printf("[%s] at %zu\n", row, cursor);
		abort();
	}
	assert(strspn(row + strlen(text), " ") == COLUMNS - strlen(text));
}

static void test_keys(void)
{
	typed("abc", "abc");
	typed("ac\033[Db", "abc");
	typed("bc\001a\005d", "abcd");
	typed("xabc\033[H\033[3~", "abc");
	typed("abx\177c", "abc");
	typed("abcd\033[D\033[D\013", "ab");
	typed("rubbish\025ok", "ok");
	typed("one two\027three", "one three");
	typed("\303\244\033[D\033[3~x", "x");
	typed("\033[A\033[A", "one three");
	typed("\033[A\033[B", "");
	typed("fra\t", "frames ");
	typed("g\t1", "give 1");
	typed("fr\t\tee", "free");
}

static void test_screen(void)
{
	shows("abc", "$ abc", 5);
	shows("abc\033[D", "$ abc", 4);
	shows("abc\033[D\033[DX", "$ aXbc", 4);
	shows("abc\001", "$ abc", 2);
	shows("abc\177\177", "$ a", 3);
	shows("abc\001\033[3~", "$ bc", 2);
	shows("abc\033[D\177", "$ ac", 3);
	/* Wider than the terminal: the end is shown, half a line at least, and after Home the beginning. */
	shows("0123456789012345678901234567890123456789ABC", "$ 01234567890123456789ABC", 25);
	shows("0123456789012345678901234567890123456789ABC\001", "$ 0123456789012345678901234567890123456", 2);
}

/** A line far longer than the terminal, typed key by key or pasted, before a text or behind it: what is written to the
 * terminal is no more than eight bytes for each, and every byte arrives. */
static void test_long(size_t n, int at_hand, int before)
{
	char *all = malloc(n + 10);

	memset(all, 'x', n);
	strcpy(all, before ? "tail\001" : "tail");
	memset(all + strlen(all), 'y', n - strlen(all));
	strcpy(all + n, "\r");
	keys = all;
	grouped = at_hand;
	written = 0;
	cursor = 0;
	assert(line_edit(&l, "$ ") == LINE_OK);
	assert(l.text.n == n - (size_t)before);
	assert(before ? !memcmp(l.text.s + n - 5, "tail", 4) && l.text.s[0] == 'y' : l.text.s[n - 1] == 'y');
	assert(written < 8 * n + 500);
	grouped = 0;
	free(all);
}

/** A tab completes when it is typed, and stands for itself among pasted text. */
static void test_tabs(void)
{
	grouped = 1;
	typed("echo \t\tx\ty", "echo \t\tx\ty");
	typed("fra\t", "frames ");
	grouped = 0;
}

int main(void)
{
	test_keys();
	test_screen();
	for (int i = 0; i < 4; i++)
		test_long(100000, i & 1, i >> 1);
	test_tabs();
	keys = "abc\003";
	assert(line_edit(&l, "$ ") == LINE_INTR);
	keys = "\004";
	assert(line_edit(&l, "$ ") == LINE_END);
	list_free(&l.history);
	str_free(&l.text);
	mem_free(l.fresh);
	return 0;
}
