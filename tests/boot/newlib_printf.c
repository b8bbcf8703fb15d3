/* SPDX-License-Identifier: ISC
 * newlib: printf with floating point. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "test.h"

TEST("printf formats floating point, wide integers and widths as C says")
{
	char text[128];

	snprintf(text, sizeof text, "%.3f|%e|%g|%8.2f|%-6d|%lld|%s|%c|%x|%%", 3.14159, 12345.678, 0.0001, -2.5, 42,
		(long long)1 << 40, "word", 'c', 0xbeefu);
	CHECK(!strcmp(text, "3.142|1.234568e+04|0.0001|   -2.50|42    |1099511627776|word|c|beef|%"));
	CHECK(fabs(sqrt(2.0) * sqrt(2.0) - 2.0) < 1e-12);
	CHECK(fabs(sin(1.0) - 0.8414709848) < 1e-9);
}
