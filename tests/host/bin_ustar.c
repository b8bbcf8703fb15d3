/* SPDX-License-Identifier: ISC
 * Claim: an archive's numbers are taken whole or not at all: what does not fit 32 bits, is no octal number or reaches past
 * the archive's end is refused, and its entry with it. */
#include "../../bin/ustar.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

static uint8_t archive[3 * USTAR_BLOCK];

/** An archive of one file whose length field is `len`; whether it is taken, and then as how many bytes. */
static int taken(const char *len, uint32_t *bytes)
{
	struct ustar_entry e;
	uint32_t pos = 0, sum = 0;
	char text[9];
	int r;

	memset(archive, 0, sizeof archive);
	memcpy(archive, "name", 4);
	memcpy(archive + 100, "0000644", 8);
	memcpy(archive + 124, len, strlen(len) < 12 ? strlen(len) + 1 : 12);
	memcpy(archive + 136, "14000000000", 12);
	archive[156] = USTAR_FILE;
	memcpy(archive + 257, "ustar", 6);
	memset(archive + 148, ' ', 8);
	for (int i = 0; i < USTAR_BLOCK; i++)
		sum += archive[i];
	snprintf(text, sizeof text, "%06o", (unsigned)sum);
	memcpy(archive + 148, text, 7);
	r = ustar_next(archive, sizeof archive, &pos, &e);
	if (r)
		*bytes = e.len;
	return r;
}

int main(void)
{
	static const char *const refused[] = {"40000000001", "77777777777", "100000000012", "000000000128",
		"0000000001x", "-0000000001", "\x80\0\0\0\0\0\0\0\0\0\0\1", "00000002001", "0000 000001"};
	uint32_t bytes = 0;

	assert(taken("00000000012", &bytes) && bytes == 10);
	assert(taken("         12 ", &bytes) && bytes == 10);
	assert(taken("00000002000", &bytes) && bytes == 1024);
	assert(taken("000000000012", &bytes) && bytes == 10); /* no NUL behind it */
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (taken(refused[i], &bytes)) {
			printf("%s is taken as %u\n", refused[i], (unsigned)bytes);
			return 1;
		}
	return 0;
}
