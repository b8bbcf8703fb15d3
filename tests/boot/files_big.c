/* SPDX-License-Identifier: ISC
 * A file of a mebibyte in /tmp. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "test.h"

#define LEN (1 << 20)

TEST("a mebibyte written with one write comes back with one read after another")
{
	uint32_t *data = malloc(LEN), *back = malloc(LEN);
	int fd = open("/tmp/big", O_RDWR | O_CREAT | O_TRUNC, 0644);
	size_t done = 0;

	CHECK(data && back && fd >= 0);
	for (uint32_t n = 0; n < LEN / 4; n++)
		data[n] = n * 2654435761u;
	while (done < LEN) {
		ssize_t n = write(fd, (char *)data + done, LEN - done);

		CHECK(n > 0);
		done += (size_t)n;
	}
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	for (done = 0; done < LEN;) {
		ssize_t n = read(fd, (char *)back + done, LEN - done);

		CHECK(n > 0);
		done += (size_t)n;
	}
	for (uint32_t n = 0; n < LEN / 4; n++)
		CHECK(back[n] == data[n]);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("/tmp/big"), 0);
}
