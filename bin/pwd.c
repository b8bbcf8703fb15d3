/* SPDX-License-Identifier: ISC
 * pwd: prints the working directory. */
#include "tool.h"

int main(void)
{
	char path[1024];

	if (!getcwd(path, sizeof(path)))
		return tool_error("pwd", "getcwd");
	puts(path);
	return 0;
}
