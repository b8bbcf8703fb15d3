/* SPDX-License-Identifier: ISC
 * Where in the loaded image the first program and the boot archive are; tools/mkimage fills it in. */
#ifndef KERN_IMAGE_H
#define KERN_IMAGE_H

#include <stdint.h>

#define IMAGE_MAGIC 0x4d496d67u

/** Offsets from the image's first byte, and lengths; each part starts on a page and is padded to one. */
struct image {
	uint32_t magic;
	uint32_t init_off, init_len;
	uint32_t archive_off, archive_len;
};

extern volatile const struct image image_header;

#endif
