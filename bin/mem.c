/* SPDX-License-Identifier: ISC
 * mem: a picture of physical memory by owner and kind. */
#include "draw.h"

int main(void)
{
	return draw_mem() < 0;
}
