/* SPDX-License-Identifier: ISC
 * The name service. */
#ifndef MULLION_NAME_H
#define MULLION_NAME_H

/** Gives the calling process a name (at most 23 bytes) until it ends.  ERR_EXISTS taken · ERR_RANGE too long. */
int name_register(const char *name);

/** The pid of that name.  ERR_PROC: nobody has it. */
int name_lookup(const char *name);

#endif
