/* SPDX-License-Identifier: ISC
 * malloc grows by asking for frames. */
#include <stdlib.h>
#include <string.h>
#include "test.h"

TEST("malloc serves 16 MiB in pieces of all sizes, free gives them back, and calloc's are zero")
{
	static unsigned char *piece[1024];
	size_t total = 0;

	for (size_t n = 0; n < 1024; n++) {
		size_t len = 1 + (n * 7919) % 32000;

		piece[n] = malloc(len);
		CHECK(piece[n]);
		memset(piece[n], (int)n, len);
		total += len;
	}
	CHECK(total > 15000000);
	for (size_t n = 0; n < 1024; n++) {
		CHECK_EQ(piece[n][0], n & 0xff);
		CHECK_EQ(piece[n][(n * 7919) % 32000], n & 0xff);
		free(piece[n]);
	}
	for (int n = 0; n < 20; n++) {
		unsigned char *big = calloc(1, 2000000);

		CHECK(big);
		CHECK(!big[0] && !big[1000000] && !big[1999999]);
		memset(big, 0xff, 2000000);
		free(big);
	}
}
