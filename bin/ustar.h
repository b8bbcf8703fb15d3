/* SPDX-License-Identifier: ISC
 * Reading a ustar archive that lies in memory: one entry after the other, every length checked against the
 * archive's end.  It changes nothing and keeps nothing; a damaged archive ends the walk. */
#ifndef BIN_USTAR_H
#define BIN_USTAR_H

#include <stdint.h>
#include <string.h>

#define USTAR_BLOCK 512
#define USTAR_PATH  260
#define USTAR_FILE  '0'
#define USTAR_DIR   '5'

struct ustar_entry {
	char path[USTAR_PATH]; /* without "./" or '/' in front, without '/' at the end */
	char type;             /* USTAR_FILE, USTAR_DIR, or another of the format's */
	uint32_t mode;
	uint32_t mtime; /* s since 1970 */
	const uint8_t *data;
	uint32_t len; /* bytes */
};

/** An octal field of n bytes: blanks, digits, then blanks or NULs.  0 unless it is one that fits into 32 bits. */
static inline int ustar_octal(const uint8_t *field, int n, uint32_t *value)
{
	int i = 0;

	for (*value = 0; i < n && field[i] == ' ';)
		i++;
	for (; i < n && field[i] >= '0' && field[i] <= '7'; i++) {
		if (*value > UINT32_MAX >> 3)
			return 0;
		*value = *value * 8 + (uint32_t)(field[i] - '0');
	}
	while (i < n && (field[i] == ' ' || !field[i]))
		i++;
	return i == n;
}

static inline int ustar_sum_ok(const uint8_t *header)
{
	uint32_t sum = 8 * ' ', said;

	for (int i = 0; i < USTAR_BLOCK; i++)
		sum += i >= 148 && i < 156 ? 0 : header[i];
	return ustar_octal(header + 148, 8, &said) && sum == said;
}

/** Joins the prefix and name fields and takes away what says nothing. */
static inline void ustar_path(const uint8_t *header, char path[USTAR_PATH])
{
	size_t n = 0;
	size_t prefix = strnlen((const char *)header + 345, 155), name = strnlen((const char *)header, 100);

	if (prefix) {
		memcpy(path, header + 345, prefix);
		path[prefix] = '/';
		n = prefix + 1;
	}
	memcpy(path + n, header, name);
	n += name;
	while (n && path[n - 1] == '/')
		n--;
	path[n] = 0;
	while ((path[0] == '.' && path[1] == '/') || path[0] == '/')
		memmove(path, path + 1, n--);
	if (path[0] == '.' && !path[1])
		path[0] = 0;
}

/** The entry at *pos of an archive of `len` bytes; *pos moves behind it.
 * Returns 1; 0 at the end, whether marked, cut off or damaged. */
static inline int ustar_next(const uint8_t *archive, uint32_t len, uint32_t *pos, struct ustar_entry *out)
{
	const uint8_t *header = archive + *pos;
	uint32_t room;

	if (*pos > len || len - *pos < USTAR_BLOCK)
		return 0;
	if (memcmp(header + 257, "ustar", 5) || !ustar_sum_ok(header))
		return 0;
	room = len - *pos - USTAR_BLOCK;
	if (!ustar_octal(header + 124, 12, &out->len) || !ustar_octal(header + 100, 8, &out->mode) ||
		!ustar_octal(header + 136, 12, &out->mtime) || out->len > room)
		return 0;
	ustar_path(header, out->path);
	out->type = header[156] ? (char)header[156] : USTAR_FILE;
	out->mode &= 07777;
	out->data = header + USTAR_BLOCK;
	room -= out->len;
	*pos += USTAR_BLOCK + out->len;
	*pos += (-out->len & (USTAR_BLOCK - 1)) < room ? -out->len & (USTAR_BLOCK - 1) : room;
	return 1;
}

#endif
