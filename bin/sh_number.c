/* SPDX-License-Identifier: ISC
 * Numbers as the user writes them: all of the text must be one, and it must fit.  Nothing wraps, nothing is cut off. */
#include <ctype.h>
#include <string.h>
#include "sh.h"

/** What a digit is worth; 36: it is none. */
static unsigned digit(int c)
{
	if (isdigit(c))
		return (unsigned)(c - '0');
	return isalpha(c) ? (unsigned)(tolower(c) - 'a') + 10 : 36;
}

/** Digits of a base up to the first byte that is none, *at moves there.  0 unless there are any and they fit. */
static int digits(const char **at, const char *end, unsigned base, uint64_t *out)
{
	const char *from = *at;

	for (*out = 0; *at < end && digit((unsigned char)**at) < base; ++*at) {
		unsigned d = digit((unsigned char)**at);

		if (*out > (UINT64_MAX - d) / base)
			return 0;
		*out = *out * base + d;
	}
	return *at > from;
}

int number_digits(const char **at, const char *end, uint64_t *out)
{
	int hex = end - *at > 2 && **at == '0' && ((*at)[1] == 'x' || (*at)[1] == 'X');

	if (hex)
		*at += 2;
	return digits(at, end, hex ? 16 : **at == '0' && *at < end ? 8 : 10, out);
}

/** The value with its sign; 0 if that does not fit. */
static int signed_value(uint64_t value, int minus, int64_t *out)
{
	if (value > (uint64_t)INT64_MAX + (uint64_t)minus)
		return 0;
	*out = (int64_t)(minus ? 0 - value : value);
	return 1;
}

int number_parse(const char *s, size_t n, int64_t *out)
{
	const char *end = s + n;
	int minus = n && *s == '-';
	uint64_t value;

	s += n && strchr("+-", *s) ? 1 : 0;
	return digits(&s, end, 10, &value) && s == end && signed_value(value, minus, out);
}

int number_seconds(const char *s, int64_t *ns)
{
	uint64_t whole = 0;
	const char *end = s + strlen(s);
	int64_t unit = 1000000000, rest = 0;

	if (*s != '.' && !digits(&s, end, 10, &whole))
		return 0;
	if (*s == '.' && !isdigit((unsigned char)s[1]))
		return 0;
	for (s += *s == '.'; isdigit((unsigned char)*s); s++) {
		unit /= 10;
		rest += unit * (*s - '0');
	}
	if (*s || whole > SECONDS_MAX)
		return 0;
	*ns = (int64_t)whole * 1000000000 + rest;
	return 1;
}
