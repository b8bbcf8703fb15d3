/* SPDX-License-Identifier: ISC
 * Claim: the console's line discipline gives readers the lines that were typed, edited as its keys say, loses
 * nothing that was confirmed, and echoes what a terminal must show.  It cannot show that bytes reach it. */
#include "../../bin/pl011_line.c"
#include <assert.h>
#include <stdio.h>

static char shown[65536];
static size_t shown_n;

static void echo(const char *text, size_t n)
{
	if (shown_n + n < sizeof(shown))
		memcpy(shown + shown_n, text, n);
	shown_n += n;
}

static struct line l = {.echo = echo};

static void type(const char *text)
{
	while (*text)
		line_input(&l, (uint8_t)*text++);
}

static void expect(const char *text, size_t len)
{
	char buf[LINE_RING];
	uint32_t used;
	size_t n;

	assert(line_is_ready(&l));
	n = line_peek(&l, buf, len, &used);
	assert(n == strlen(text) && !memcmp(buf, text, n));
	line_drop(&l, used);
}

int main(void)
{
	type("hello");
	assert(!line_is_ready(&l));
	type("\x7f\x7fp!\r");
	expect("help!\n", 100);
	assert(!strncmp(shown, "hello\b \b\b \bp!\n", shown_n));
	type("one two  \x17three\n");
	expect("one three\n", 100);
	type("gone\x15here\nnext\n");
	expect("he", 2);
	expect("re\n", 100);
	expect("next\n", 100);
	type("\xc3\xa4\x7f\x7fx\n"); /* one character, two bytes */
	expect("x\n", 100);
	type("\x04");
	expect("", 100);
	assert(!line_is_ready(&l));
	type("part\x04");
	expect("part", 100);
	type("ab\x04\x04");
	expect("ab", 2);
	expect("", 2);
	type("lost");
	line_cancel(&l);
	type("kept\n");
	expect("kept\n", 100);
	assert(line_set_raw(&l, 1) == 0);
	type("\x04\x7f\n\x01");
	expect("\x04\x7f\n\x01", 100);
	assert(line_set_raw(&l, 0) == 1);
	line_set_raw(&l, 1);
	type("ahe\x7f\x7f"
	     "d\r\x04rest"); /* typed ahead of the mode */
	line_set_raw(&l, 0);
	expect("ad\n", 100);
	expect("", 100);
	assert(!line_is_ready(&l));
	type("\r\x04");
	expect("rest\n", 100);
	line_set_raw(&l, 1);
	expect("\x04", 100);
	line_set_raw(&l, 0);
	for (int i = 0; i < 2 * LINE_RING; i++)
		type("y");
	assert(!line_is_full(&l) && !line_is_ready(&l));
	type("\n");
	assert(line_is_full(&l) && line_is_ready(&l));
	{
		char buf[LINE_RING];
		uint32_t used;

		assert(line_peek(&l, buf, sizeof(buf), &used) == LINE_RING - 1 && buf[LINE_RING - 2] == '\n');
		line_drop(&l, used);
	}
	type("again\n");
	expect("again\n", 100);
	printf("bin_line: ok\n");
	return 0;
}
