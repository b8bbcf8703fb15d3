/* SPDX-License-Identifier: ISC
 * echo and printf. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

int do_echo(int argc, char **argv)
{
	int i = 1, newline = 1;

	if (argc > 1 && !strcmp(argv[1], "-n")) {
		newline = 0;
		i++;
	}
	for (; i < argc; i++) {
		out(argv[i]);
		if (i + 1 < argc)
			out(" ");
	}
	if (newline)
		out("\n");
	return 0;
}

/** The escape after a backslash at s: its byte, -1: \c, -2: none.  *n gets how many bytes it took. */
static int escape(const char *s, size_t *n)
{
	static const char from[] = "abfnrtv\\'\"", to[] = "\a\b\f\n\r\t\v\\'\"";
	const char *known = *s ? strchr(from, *s) : NULL;
	int value = 0;

	*n = 1;
	if (known)
		return to[known - from];
	if (*s == 'c')
		return -1;
	if (*s < '0' || *s > '7')
		return -2;
	for (*n = 0; *n < 3 && s[*n] >= '0' && s[*n] <= '7'; ++*n)
		value = value * 8 + s[*n] - '0';
	return value & 255;
}

/** Prints s with its escapes (%b); 0 after \c. */
static int out_escaped(const char *s)
{
	for (; *s; s++) {
		size_t n;
		char c = *s;
		int e;

		if (c == '\\') {
			e = escape(s + 1, &n);
			if (e == -1)
				return 0;
			if (e >= 0) {
				c = (char)e;
				s += n;
			}
		}
		out_n(&c, 1);
	}
	return 1;
}

/** The words that the format uses up. */
struct words {
	char **v;
	int n, at, status;
};

static const char *word_next(struct words *w)
{
	return w->at < w->n ? w->v[w->at++] : NULL;
}

static long long word_number(struct words *w)
{
	const char *text = word_next(w);
	char *end;
	long long n;

	if (!text)
		return 0;
	if (*text == '\'' || *text == '"')
		return (unsigned char)text[1];
	errno = 0;
	n = strtoll(text, &end, 0);
	if (errno == ERANGE && *text != '-') {
		errno = 0;
		n = (long long)strtoull(text, &end, 0);
	}
	if (!*text || *end || errno) {
		complain("printf: %s: not a number", text);
		w->status = 1;
	}
	return n;
}

/** One %…; spec is it up to its letter, without one.  0 after a \c. */
static int conversion(struct str *spec, int letter, struct words *w, const int *star, int stars)
{
	struct str text = {0};
	const char *s;
	long long n;
	char c;

	switch (letter) {
	case 'b':
		s = word_next(w);
		return out_escaped(s ? s : "");
	case 'c':
		s = word_next(w);
		c = s ? *s : 0;
		out_n(&c, c != 0);
		return 1;
	case 's':
		s = word_next(w);
		str_putc(spec, 's');
		s = s ? s : "";
		if (stars == 2)
			str_printf(&text, spec->s, star[0], star[1], s);
		else if (stars == 1)
			str_printf(&text, spec->s, star[0], s);
		else
			str_printf(&text, spec->s, s);
		break;
	default:
		n = word_number(w);
		str_puts(spec, "ll");
		str_putc(spec, letter);
		if (stars == 2)
			str_printf(&text, spec->s, star[0], star[1], n);
		else if (stars == 1)
			str_printf(&text, spec->s, star[0], n);
		else
			str_printf(&text, spec->s, n);
		break;
	}
	out(str_text(&text));
	str_free(&text);
	return 1;
}

/** The %… at f (past the %); answers what follows it, NULL to print no more. */
static const char *out_conversion(const char *f, struct words *w)
{
	struct str spec = {0};
	int star[2], stars = 0, go = 1;

	str_putc(&spec, '%');
	for (; *f && strchr("-+ #0123456789.*", *f); f++) {
		if (*f == '*' && stars < 2)
			star[stars++] = (int)word_number(w);
		if (*f != '*' || stars <= 2)
			str_putc(&spec, *f);
	}
	if (*f && strchr("diouxXcsb", *f)) {
		go = conversion(&spec, *f, w, star, stars);
	} else {
		complain("printf: %%%c: no such conversion", *f ? *f : ' ');
		w->status = 1;
		go = 0;
	}
	str_free(&spec);
	return go ? f + 1 : NULL;
}

/** Prints the format once; 0 to print no more. */
static int out_format(const char *f, struct words *w)
{
	size_t n;
	int e;

	while (*f) {
		char c = *f++;

		if (c == '%' && *f != '%') {
			f = out_conversion(f, w);
			if (!f)
				return 0;
			continue;
		}
		f += c == '%';
		if (c == '\\') {
			e = escape(f, &n);
			if (e == -1)
				return 0;
			if (e >= 0) {
				c = (char)e;
				f += n;
			}
		}
		out_n(&c, 1);
	}
	return 1;
}

int do_printf(int argc, char **argv)
{
	struct words w = {0};
	int before, go;

	if (argc < 2)
		return usage("printf");
	w.v = argv + 2;
	w.n = argc - 2;
	do {
		before = w.at;
		go = out_format(argv[1], &w);
	} while (go && w.at > before && w.at < w.n);
	return w.status;
}
