/* SPDX-License-Identifier: ISC
 * frame_allow: each refusal but ERR_RECORDS. */
#include "test.h"

TEST("frame_allow refuses who does not exist and rights that do not exist")
{
	CHECK_ERR(frame_allow(NO_ID, ALLOW_SEND), ERR_PROC);
	CHECK_ERR(frame_allow(-5, ALLOW_SEND), ERR_PROC);
	CHECK_ERR(frame_allow(0, 1 << 3), ERR_FLAGS);
	CHECK_ERR(frame_allow(0, -1), ERR_FLAGS);
	CHECK_OK(frame_allow(0, 0));
}
