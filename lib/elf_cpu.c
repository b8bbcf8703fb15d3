/* SPDX-License-Identifier: ISC
 * Which CPU a program is for, by its build attributes (ARM IHI 0045, "Addenda to, and Errata in, the ABI for the Arm Architecture":
 * 2.3, 3.3.5).  What this one has stands with the library's generation (v6.S,
 * v7.S).  Reads nothing outside the file, and takes attributes that it does not understand for none. */
#include <string.h>
#include "err.h"
#include "elf.h"

#define ELF_HEADER_LEN     52
#define SECTION_ATTRIBUTES 0x70000003

#define TAG_FILE           1
#define TAG_ARCH           6
#define TAG_PROFILE        7
#define TAG_FP             10
#define TAG_SIMD           12
#define TAG_COMPAT         32
#define TAG_DIV            44

#define ARCH_V6T2          8 /* before v6K in numbers, but with Thumb-2 */
#define ARCH_V7            10
#define DIV_ALL            2 /* the divide instructions are used, whatever the architecture */

struct section {
	uint32_t name, type, flags, va, offset, len, link, info, align, entry_len;
};

/** What of the attributes counts. */
struct needs {
	unsigned arch, profile, fp, simd, divides;
};

/** Bytes that are still to be read. */
struct bytes {
	const uint8_t *at, *end;
};

static unsigned number_read(struct bytes *b)
{
	unsigned value = 0;

	for (unsigned shift = 0; b->at < b->end; shift += 7) {
		uint8_t byte = *b->at++;

		if (shift < 28)
			value |= (byte & 0x7fu) << shift;
		if (!(byte & 0x80))
			break;
	}
	return value;
}

static void string_skip(struct bytes *b)
{
	while (b->at < b->end && *b->at++)
		;
}

/** The part of b that begins with its own length, which counts from `from`; b goes on after it. */
static struct bytes part_take(struct bytes *b, const uint8_t *from)
{
	struct bytes part = {b->end, b->end};
	uint32_t len;

	if (b->end - b->at >= 4) {
		memcpy(&len, b->at, 4);
		if (len <= (size_t)(b->end - from) && len >= (size_t)(b->at + 4 - from)) {
			part = (struct bytes){b->at + 4, from + len};
			b->at = part.end;
			return part;
		}
	}
	b->at = b->end;
	return part;
}

/* Tags of strings are 4, 5, 67 and the odd ones above 32; 32 has both (3.3.1.1). */
static void file_attributes(struct bytes b, struct needs *needs)
{
	while (b.at < b.end) {
		unsigned tag = number_read(&b);

		if (tag == 4 || tag == 5 || (tag > TAG_COMPAT && tag % 2)) {
			string_skip(&b);
			continue;
		}
		unsigned value = number_read(&b);

		if (tag == TAG_COMPAT)
			string_skip(&b);
		if (tag == TAG_ARCH)
			needs->arch = value;
		if (tag == TAG_PROFILE)
			needs->profile = value;
		if (tag == TAG_FP)
			needs->fp = value;
		if (tag == TAG_SIMD)
			needs->simd = value;
		if (tag == TAG_DIV)
			needs->divides = value == DIV_ALL;
	}
}

static void attributes_read(struct bytes b, struct needs *needs)
{
	if (b.at == b.end || *b.at++ != 'A')
		return;
	while (b.at < b.end) {
		struct bytes vendor = part_take(&b, b.at);

		if (vendor.end - vendor.at < 6 || memcmp(vendor.at, "aeabi", 6))
			continue;
		vendor.at += 6;
		while (vendor.at < vendor.end) {
			const uint8_t *from = vendor.at;
			unsigned tag = number_read(&vendor);
			struct bytes part = part_take(&vendor, from);

			if (tag == TAG_FILE)
				file_attributes(part, needs);
		}
	}
}

static int needs_met(const struct needs *n)
{
	const struct elf_cpu *most = &elf_cpu_most;

	if (n->arch > most->arch || (n->arch == ARCH_V6T2 && most->arch < ARCH_V7) || n->profile == 'M' ||
		n->profile == 'R')
		return 0;
	return n->fp <= most->fp && n->simd <= most->simd && n->divides <= most->divides;
}

int elf_cpu_check(const void *file, size_t len)
{
	const uint8_t *bytes = file;
	struct needs needs = {0};
	struct section s;
	uint32_t at;
	uint16_t size, n;

	if (len < ELF_HEADER_LEN)
		return 0;
	memcpy(&at, bytes + 32, 4);
	memcpy(&size, bytes + 46, 2);
	memcpy(&n, bytes + 48, 2);
	if (size != sizeof s || at > len || n > (len - at) / sizeof s)
		return 0;
	for (unsigned i = 0; i < n; i++) {
		memcpy(&s, bytes + at + i * sizeof s, sizeof s);
		if (s.type == SECTION_ATTRIBUTES && s.offset <= len && s.len <= len - s.offset)
			attributes_read((struct bytes){bytes + s.offset, bytes + s.offset + s.len}, &needs);
	}
	return needs_met(&needs) ? 0 : ERR_CPU;
}
