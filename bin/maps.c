/* SPDX-License-Identifier: ISC
 * maps: a picture of an address space: its own, or a child's. */
#include <stdio.h>
#include <stdlib.h>
#include "draw.h"

int main(int argc, char **argv)
{
	if (argc > 2) {
		fprintf(stderr, "usage: maps [PID]\n");
		return 2;
	}
	return draw_maps(argc == 2 ? atoi(argv[1]) : 0) < 0;
}
