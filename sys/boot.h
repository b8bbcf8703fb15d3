/* SPDX-License-Identifier: ISC
 * The boot page: what the first process is told.  It is mapped read-only at BOOT_VA, its address in r0.
 *
 * Where things stand when it starts: its program as its ELF file says, a stack of BOOT_STACK bytes
 * below BOOT_STACK_END, its own L1 and first L2s read-only as pages from BOOT_TABLES_VA (L1, then the L2s in
 * the order of boot->l2), and its information page at BOOT_INFO_VA. */
#ifndef MULLION_BOOT_H
#define MULLION_BOOT_H

#define BOOT_MAGIC   0x4d756c6c
#define BOOT_DEVICES 32
#define BOOT_L2S     4

/* All in the first L2_SPAN: programs are linked from USER_START. */
#define BOOT_VA        0x00008000
#define BOOT_INFO_VA   0x00009000
#define BOOT_TABLES_VA 0x0000a000 /* L1_SIZE, then L2_SIZE each */
#define BOOT_STACK_END 0x00040000
#define BOOT_STACK     0x00010000
#define USER_START     0x00100000

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

/** A device: its registers are the DEV frame f_id. */
struct boot_device {
	char name[16]; /* "pl011", "sysreg", … */
	uint32_t pa;
	uint32_t len;
	int f_id;
	int irq; /* its line, -1: none */
};

struct boot {
	uint32_t magic;
	char board[20];
	int pid;          /* the first process */
	int l1;           /* its root, f_id */
	int l2[BOOT_L2S]; /* its tables in order of address, 0: no more */
	int l2_n;
	int archive;              /* f_id of the boot archive (ustar), page-aligned */
	uint32_t archive_len;     /* bytes of it that count */
	uint32_t ram_pa, ram_len; /* all of it, the kernel's part too */
	uint32_t kernel_len;      /* bytes the kernel keeps */
	uint32_t clock_hz;        /* of the kernel's timer */
	int irqs;                 /* lines: 0 to irqs - 1 */
	int device_n;
	struct boot_device device[BOOT_DEVICES];
};
#endif

#endif
