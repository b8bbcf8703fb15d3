/* SPDX-License-Identifier: ISC
 * uptime: prints how long the machine has been up, and how its memory stands. */
#include <mullion.h>
#include "tool.h"

int main(void)
{
	struct msg m = {.tag = INIT_MEM_INFO};
	int64_t ms = time_now() / 1000000;
	int init = name_lookup("init");

	printf("up %lu:%02lu:%02lu.%03lu", (unsigned long)(ms / 3600000), (unsigned long)(ms / 60000 % 60),
		(unsigned long)(ms / 1000 % 60), (unsigned long)(ms % 1000));
	if (init > 0 && msg_call(init, &m, -1) >= 0 && m.tag >= 0)
		printf(", memory: %lu KiB of %lu free, the largest run %lu", (unsigned long)(m.word[0] / 1024),
			(unsigned long)(m.word[1] / 1024), (unsigned long)(m.word[2] / 1024));
	putchar('\n');
	return tool_end("uptime");
}
