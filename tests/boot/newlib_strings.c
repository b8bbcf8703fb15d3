/* SPDX-License-Identifier: ISC
 * newlib: conversions, sorting, errno, strings. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "test.h"

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

TEST("strtol, strtod, qsort, strtok and errno behave as C says")
{
	int n[100];
	char text[] = "a,b,,c";
	char *rest;

	for (int i = 0; i < 100; i++)
		n[i] = (i * 37) % 100;
	qsort(n, 100, sizeof n[0], ascending);
	for (int i = 0; i < 100; i++)
		CHECK_EQ(n[i], i);
	CHECK_EQ(strtol("-123x", &rest, 10), -123);
	CHECK_EQ(*rest, 'x');
	CHECK(strtod("2.5e3", NULL) > 2499.99 && strtod("2.5e3", NULL) < 2500.01);
	errno = 0;
	CHECK_EQ(strtol("99999999999", NULL, 10), 2147483647);
	CHECK_EQ(errno, ERANGE);
	CHECK(!strcmp(strtok(text, ","), "a"));
	CHECK(!strcmp(strtok(NULL, ","), "b"));
	CHECK(!strcmp(strtok(NULL, ","), "c"));
}
