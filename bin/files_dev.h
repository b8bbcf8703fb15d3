/* SPDX-License-Identifier: ISC
 * The file server's devices, in /dev: files that hold nothing. */
#ifndef FILES_DEV_H
#define FILES_DEV_H

#include "files_tree.h"

/** What a node is (node.device); 0: no device.  What is written to one is gone. */
enum files_device {
	DEV_NULL = 1, /* at its end from the start */
	DEV_ZERO,     /* zeros without end */
	DEV_RANDOM,   /* bytes without end that look like chance; see files_dev.c for what they are worth */
	DEV_TTY,      /* the console: whoever opens it is sent to its driver */
};

/** Makes the devices in `dir`.  0, or -errno. */
int devices_make(struct node *dir, uint32_t mtime);

/** Reads n bytes of a device.  How many there were. */
size_t device_read(const struct node *n, void *buf, size_t len);

#endif
