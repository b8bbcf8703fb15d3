/* SPDX-License-Identifier: ISC
 * echo and printf. */
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

/** A %… of the format. */
struct spec {
	int left, plus, blank, alternate, zeros; /* the flags - + blank # 0 */
	int width, precision;                    /* precision -1: none */
};

static void words_fail(struct words *w, const char *text, const char *what)
{
	complain("printf: %s: %s", text, what);
	w->status = 1;
}

/** The next word as a number: its sign goes to *minus.  What is none, or does not fit, is reported and counts as 0. */
static uint64_t word_number(struct words *w, uint64_t limit, int *minus)
{
	const char *text = word_next(w), *at, *end;
	uint64_t n;
	int fits;

	*minus = 0;
	if (!text || *text == '\'' || *text == '"')
		return text ? (unsigned char)text[1] : 0;
	*minus = *text == '-';
	at = text + (*text == '-' || *text == '+');
	end = at + strlen(at);
	fits = number_digits(&at, end, &n);
	if (fits && !*at && n <= (*minus ? (uint64_t)INT64_MAX + 1 : limit))
		return n;
	/* Digits stop where they no longer fit. */
	words_fail(w, text, (fits ? !*at : *at >= '0' && *at <= '9') ? "too great" : "not a number");
	return 0;
}

/** Prints c n times. */
static void pad(int c, int n)
{
	char block[64];

	memset(block, c, sizeof block);
	for (; n > 0 && !busy(); n -= (int)sizeof block)
		out_n(block, n < (int)sizeof block ? (size_t)n : sizeof block);
}

/** Prints prefix, zeros and text in the width. */
static void out_field(const struct spec *s, const char *prefix, int zeros, const char *text, size_t n)
{
	size_t len = strlen(prefix) + n;
	int rest = len < INT32_MAX && (int)len < s->width ? s->width - (int)len : 0;

	rest = rest > zeros ? rest - zeros : 0;
	if (!s->left)
		pad(' ', rest);
	out(prefix);
	pad('0', zeros);
	out_n(text, n);
	if (s->left)
		pad(' ', rest);
}

static void out_number(const struct spec *s, int letter, struct words *w)
{
	int minus, zeros = 0, is_signed = letter == 'd' || letter == 'i';
	uint64_t n = word_number(w, is_signed ? INT64_MAX : UINT64_MAX, &minus);
	const char *prefix = "";
	char text[32];
	size_t len;

	if (is_signed)
		prefix = minus ? "-" : s->plus ? "+" : s->blank ? " " : "";
	else if (minus)
		n = 0 - n;
	if (s->alternate && n && (letter == 'x' || letter == 'X'))
		prefix = letter == 'x' ? "0x" : "0X";
	snprintf(text, sizeof text,
		letter == 'o'   ? "%llo"
		: letter == 'x' ? "%llx"
		: letter == 'X' ? "%llX"
				: "%llu",
		(unsigned long long)n);
	len = !n && !s->precision ? 0 : strlen(text);
	if (s->precision > (int)len)
		zeros = s->precision - (int)len;
	else if (s->alternate && letter == 'o' && (n || !len))
		zeros = 1;
	else if (s->precision < 0 && s->zeros && !s->left && s->width > (int)(len + strlen(prefix)))
		zeros = s->width - (int)(len + strlen(prefix));
	out_field(s, prefix, zeros, text, len);
}

/** Prints one %…; 0 after a \c. */
static int conversion(const struct spec *s, int letter, struct words *w)
{
	const char *text;
	size_t n;

	if (!strchr("bcs", letter)) {
		out_number(s, letter, w);
		return 1;
	}
	text = word_next(w);
	text = text ? text : "";
	if (letter == 'b')
		return out_escaped(text);
	n = letter == 'c' ? *text != 0 : strlen(text);
	if (letter == 's' && s->precision >= 0 && (size_t)s->precision < n)
		n = (size_t)s->precision;
	out_field(s, "", 0, text, n);
	return 1;
}

/** A width or precision: digits, or * for a word.  Moves *f; 0 after reporting that it is too great. */
static int spec_number(const char **f, struct words *w, int *out)
{
	const char *from = *f;
	int minus = 0;
	int64_t n = 0;

	if (*from == '*') {
		++*f;
		n = (int64_t)word_number(w, INT32_MAX, &minus);
	} else {
		*f += strspn(from, "0123456789");
		if (*f > from && !number_parse(from, (size_t)(*f - from), &n))
			n = INT64_MAX;
	}
	if (n > INT32_MAX) {
		complain("printf: %%%.*s: too great", (int)(*f - from < 40 ? *f - from : 40), from);
		w->status = 1;
		return 0;
	}
	*out = minus ? -(int)n : (int)n;
	return 1;
}

/** The %… at f, behind the %, up to its letter; what is there, NULL after reporting a mistake. */
static const char *spec_parse(const char *f, struct words *w, struct spec *s)
{
	memset(s, 0, sizeof *s);
	s->precision = -1;
	for (; *f && strchr("-+ #0", *f); f++) {
		s->left |= *f == '-';
		s->plus |= *f == '+';
		s->blank |= *f == ' ';
		s->alternate |= *f == '#';
		s->zeros |= *f == '0';
	}
	if (!spec_number(&f, w, &s->width))
		return NULL;
	if (*f == '.') {
		f++;
		if (!spec_number(&f, w, &s->precision))
			return NULL;
	}
	if (s->width < 0) {
		s->left = 1;
		s->width = -s->width;
	}
	return f;
}

/** The %… at f (past the %); answers what follows it, NULL to print no more. */
static const char *out_conversion(const char *f, struct words *w)
{
	struct spec s;

	f = spec_parse(f, w, &s);
	if (!f)
		return NULL;
	if (!*f || !strchr("diouxXcsb", *f)) {
		complain("printf: %%%c: no such conversion", *f ? *f : ' ');
		w->status = 1;
		return NULL;
	}
	return conversion(&s, *f, w) ? f + 1 : NULL;
}

/** Prints the format once; 0 to print no more. */
static int out_format(const char *f, struct words *w)
{
	size_t n;
	int e;

	while (*f && !busy()) {
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
	} while (go && !sh.flow && w.at > before && w.at < w.n);
	return sh.flow ? sh.status : w.status;
}
