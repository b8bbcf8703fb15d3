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

static int interrupts;

static int interrupted(void)
{
	interrupts++;
	line_cancel(&l);
	return 1;
}

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

/** Reads all that is there; how many bytes. */
static size_t read_parts(int *newline)
{
	static char buf[LINE_RING];
	size_t n = 0, got;
	uint32_t used;

	while (line_is_ready(&l)) {
		got = line_peek(&l, buf, sizeof(buf), &used);
		*newline = buf[got - 1] == '\n';
		line_drop(&l, used);
		n += got;
	}
	return n;
}

/** A line longer than the ring: what is typed waits while the ring is full, and no byte is lost. */
static void long_line(size_t len)
{
	size_t got = 0;
	int newline = 0;

	shown_n = 0;
	for (size_t i = 0; i < len; i++) {
		if (line_is_full(&l)) {
			assert(line_is_ready(&l) && !newline);
			got += read_parts(&newline);
		}
		type("y");
	}
	assert(!line_is_full(&l) && !line_is_ready(&l));
	type("\n");
	got += read_parts(&newline);
	assert(got == len + 1 && newline && shown_n == len + 1);
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
	expect("\x04", 100);
	expect("\x7f\n", 100);
	expect("\x01", 100);
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
	l.interrupt = interrupted;
	line_set_raw(&l, 1);
	type("one\rtwo\x03"
	     "three\r");
	line_set_raw(&l, 0);
	assert(interrupts == 1);
	expect("one\n", 100);
	expect("three\n", 100);
	shown_n = 0;
	line_set_raw(&l, 1);
	type("seen\ronce\r");
	for (int i = 0; i < 10; i++)
		line_set_raw(&l, i & 1);
	line_set_raw(&l, 0);
	expect("seen\n", 100);
	assert(shown_n == 5 && !memcmp(shown, "seen\n", 5)); /* however often the mode changed */
	expect("once\n", 100);
	long_line(5 * LINE_RING / 2);
	type("again\n");
	expect("again\n", 100);
	line_set_raw(&l, 1);
	type("one\rtwo\nthree\x03"
	     "four"); /* the rest may be for the next reader */
	expect("one\r", 100);
	expect("two\n", 100);
	expect("three\x03", 100);
	expect("four", 100);
	line_set_raw(&l, 0);
	printf("bin_line: ok\n");
	return 0;
}
