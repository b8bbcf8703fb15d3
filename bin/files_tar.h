/* SPDX-License-Identifier: ISC
 * Brings a ustar archive in memory into the file server's tree. */
#ifndef FILES_TAR_H
#define FILES_TAR_H

#include <stdint.h>

/** Adds every file and directory of the archive, which must stay where it is.  The number, or a negative errno. */
int tar_load(const uint8_t *archive, uint32_t len);

#endif
