/* SPDX-License-Identifier: ISC
 * The devices of files_dev.h.
 *
 * No board that this runs on is known to have a source of chance that a program may trust.  /dev/random stirs into its state, at
 * every read, the time and the cycle counter, and makes its bytes from that by a mixer of 64 bits (the finaliser of MurmurHash3).
 * That is good for tests, games and shuffling.  It is not good for keys: who knows the state knows the rest, and under
 * `-icount` each run reads the same. */
#include <string.h>
#include <sys/stat.h>
#include <mullion.h>
#include "files_dev.h"

#define MODE_DEVICE (S_IFCHR | 0666)
#define STEP        0x9e3779b97f4a7c15u /* the golden ratio's bits: every state comes once */

static uint64_t chance;

static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
	x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
	return x ^ x >> 33;
}

static void random_read(uint8_t *to, size_t len)
{
	chance = mix(chance ^ (uint64_t)time_now() ^ (uint64_t)cycles_now() << 32);
	while (len) {
		uint64_t word = mix(chance += STEP);
		size_t n = len < sizeof(word) ? len : sizeof(word);

		memcpy(to, &word, n);
		to += n;
		len -= n;
	}
}

size_t device_read(const struct node *n, void *buf, size_t len)
{
	if (n->device == DEV_ZERO)
		memset(buf, 0, len);
	else if (n->device == DEV_RANDOM)
		random_read(buf, len);
	else
		return 0;
	return len;
}

int devices_make(struct node *dir, uint32_t mtime)
{
	static const char *const names[] = {
		[DEV_NULL] = "null", [DEV_ZERO] = "zero", [DEV_RANDOM] = "random", [DEV_TTY] = "tty"};
	struct node *n;
	int r = 0;

	for (int i = DEV_NULL; i <= DEV_TTY && r == 0; i++) {
		r = node_make(dir, names[i], MODE_DEVICE, mtime, &n);
		if (r == 0)
			n->device = i;
	}
	return r;
}
