/* SPDX-License-Identifier: ISC
 * pwd: prints the working directory. */
#include "tool.h"

int main(void)
{
	char *path = getcwd(NULL, 0);

	if (!path)
		return tool_error("pwd", "getcwd");
	puts(path);
	return tool_end("pwd");
}
