/* SPDX-License-Identifier: ISC
 * sleep: waits so many seconds, which may have a fraction. */
#include <mullion.h>
#include "tool.h"

int main(int argc, char **argv)
{
	char *end;
	double seconds = argc == 2 ? strtod(argv[1], &end) : -1;
	int64_t until;

	if (argc != 2 || end == argv[1] || *end || !(seconds >= 0 && seconds < 1e9))
		tool_usage("sleep SECONDS");
	until = time_now() + (int64_t)(seconds * 1e9);
	for (int64_t now = time_now(); now < until; now = time_now())
		thread_park(until - now);
	return 0;
}
