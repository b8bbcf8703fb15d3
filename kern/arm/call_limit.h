/* SPDX-License-Identifier: ISC
 * The number of calls, for the assembler; call.c asserts that it is right. */
#ifndef KERN_ARM_CALL_LIMIT_H
#define KERN_ARM_CALL_LIMIT_H

#define CALL_LIMIT 53

#endif
