# SPDX-License-Identifier: ISC
# A server in five lines: takes one frame in a message, counts the words in it, and sends it back in another.
allow 0 gs
name counter
eval $(recv)
words=$(text $frame | wc -w)
send $from 0 $words frame=$frame
