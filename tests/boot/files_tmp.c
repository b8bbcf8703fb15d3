/* SPDX-License-Identifier: ISC
 * The writable /tmp. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "test.h"

TEST("a file in /tmp keeps what was written, also in pieces, appended and far apart, until it is removed")
{
	FILE *f = fopen("/tmp/test", "w");
	char line[64];

	CHECK(f);
	for (int n = 0; n < 5000; n++)
		CHECK(fprintf(f, "line %d\n", n) > 0);
	CHECK_EQ(fclose(f), 0);
	f = fopen("/tmp/test", "a");
	CHECK(f);
	CHECK(fputs("the end\n", f) >= 0);
	CHECK_EQ(fclose(f), 0);
	f = fopen("/tmp/test", "r");
	CHECK(f);
	for (int n = 0; n < 5000; n++) {
		char want[64];

		snprintf(want, sizeof want, "line %d\n", n);
		CHECK(fgets(line, sizeof line, f) && !strcmp(line, want));
	}
	CHECK(fgets(line, sizeof line, f) && !strcmp(line, "the end\n"));
	CHECK(!fgets(line, sizeof line, f));
	CHECK_EQ(fseek(f, 5, SEEK_SET), 0);
	CHECK_EQ(fgetc(f), '0');
	CHECK_EQ(fclose(f), 0);
	CHECK_EQ(unlink("/tmp/test"), 0);
	CHECK(!fopen("/tmp/test", "r"));
}
