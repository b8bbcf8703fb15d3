/* SPDX-License-Identifier: ISC
 * seq: prints numbers, from the first to the last in equal steps. */
#include "tool.h"

static const char usage[] = "seq [FIRST [STEP]] LAST";

/** All of text as a number; anything else is said, and ends the tool. */
static int64_t number(const char *text)
{
	long long n;
	char *end;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end || errno) {
		fprintf(stderr, "seq: %s: no whole number, or too great\n", text);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	int64_t first = 1, step = 1, last, n;

	if (argc < 2 || argc > 4)
		tool_usage(usage);
	first = argc > 2 ? number(argv[1]) : first;
	step = argc > 3 ? number(argv[2]) : step;
	last = number(argv[argc - 1]);
	if (!step) {
		fputs("seq: a step of 0 does not get anywhere\n", stderr);
		return 2;
	}
	for (n = first; step > 0 ? n <= last : n >= last; n += step) {
		if (printf("%lld\n", (long long)n) < 0)
			break;
		if (step > 0 ? n > INT64_MAX - step : n < INT64_MIN - step)
			break;
	}
	return tool_end("seq");
}
