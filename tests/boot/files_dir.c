/* SPDX-License-Identifier: ISC
 * Directories of the boot archive. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include "test.h"

TEST("readdir names each file of a directory once, and stat tells directories from files")
{
	DIR *dir = opendir("/bin");
	struct dirent *entry;
	struct stat st;
	int sh = 0, n = 0;

	CHECK(dir);
	while ((entry = readdir(dir))) {
		sh += !strcmp(entry->d_name, "sh");
		n++;
	}
	CHECK_EQ(closedir(dir), 0);
	CHECK_EQ(sh, 1);
	CHECK(n > 3);
	CHECK_OK(stat("/bin", &st));
	CHECK(S_ISDIR(st.st_mode));
	CHECK_OK(stat("/bin/sh", &st));
	CHECK(S_ISREG(st.st_mode));
	CHECK(opendir("/nowhere") == NULL);
}
