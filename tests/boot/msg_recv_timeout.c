/* SPDX-License-Identifier: ISC
 * msg_recv in time. */
#include "test.h"

TEST("msg_recv polls with 0, waits its time and no less, and then answers TIMEOUT")
{
	struct msg m;
	int64_t start;

	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
	start = time_now();
	CHECK_ERR(msg_recv(&m, MS(30)), ERR_TIMEOUT);
	CHECK(time_now() - start >= MS(30));
	CHECK(time_now() - start < MS(3000));
}
