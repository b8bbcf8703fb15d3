# SPDX-License-Identifier: ISC
# Frames between processes, step by step and checked: ends with a status other than 0 at the first step that does not
# give what it must.  Everything stands in the shell's words; `help WORD` says what each does.

file=${1:-/text/frames.txt}

is() {
	if [ "$1" != "$2" ]; then
		echo "NOT SO: $3: it is '$1', not '$2'"
		exit 1
	fi
	echo "   so: $3"
}

refused() {
	if "$@"; then
		echo "NOT SO: '$*' was not refused"
		exit 1
	fi
	echo "   so: '$*' is refused"
}

echo "1. $file is read into a frame, and the frame is split."
frame=$(load $file) || exit 1
info $frame
len=$(info $frame len)
half=$((len / 2 / 4096 * 4096))
rest=$(split $frame $half) || exit 1
is $(info $frame len) $half "the lower part has $half bytes"
is $(info $rest len) $((len - half)) "the upper part, frame $rest, has the others"

echo "2. The shell maps the lower part and reads it."
at=$(map $frame r) || exit 1
first=$(peek $at) || exit 1
words=$(($(text $frame | wc -w)))
echo "   it is at $at, begins with $first and has $words words"

echo "3. It is given to another running process, which counts its words."
sh /demo/counter.sh &
server=$!
until counter=$(lookup counter 2>/dev/null); do sleep 0.01; done
is $counter $server "the name counter is process $server's"
allow $counter gs
send $counter 1 frame=$frame || exit 1

echo "4. The giver's next access to it is a fault, and no more than that."
refused peek $at
refused map $frame r

echo "5. The frame comes back in a message, with the count."
eval $(recv)
first_again=$(get $frame 0) || exit 1
is "$first_again" "$first" "the message carried frame $frame, which is the shell's again"
is $w0 $words "the other process counted $w0 words"
wait $server
is $? 0 "the other process has ended"

echo "6. The same with the server wcframe, as one call."
wcframe &
server=$!
until lookup wcframe >/dev/null 2>&1; do sleep 0.01; done
eval $(call wcframe 1 frame=$frame)
is "$tag $w1" "0 $words" "wcframe counted $w1 words in $w0 lines"
kill $server
wait $server
merge $frame $rest || exit 1
is $(info $frame len) $len "merged with its upper part the frame is whole again"

echo "7. A process is built by hand: its tables from frames that the shell maps read-only ..."
l1=$(alloc 16K 16K)
l2=$(alloc 4K)
l1_at=$(map $l1 r)
l2_at=$(map $l2 r)
table $l1 l1 && table $l2 l2 || exit 1
code=$(alloc 4K)
data=$(alloc 4K)
# mov r4, r0; then for ever: ldr r1, [r4]; add r1, r1, #1; str r1, [r4]; b
put $code 0 0xe1a04000 0xe5941000 0xe2811001 0xe5841000 0xeafffffb || exit 1
map $l1 $l2 0x200000 0 0 table || exit 1
map $l2 $code 0 0 0 rx || exit 1
map $l2 $data 0x1000 0 0 rw || exit 1
echo "   the words that the hardware will walk: $(peek $((l1_at + 8))) in the L1, $(peek $l2_at) in the L2"
refused poke $l2_at 0
refused map $l2 $l2 0x2000 0 0 rw

echo "8. ... and put under it by one swap.  It runs."
pid=$(newproc) || exit 1
is $(swap $pid $l1) 0 "process $pid had no root, and now has frame $l1"
refused get $data 0
maps $pid
start $pid 0x200000 0 0x201000 || exit 1
sleep 0.05

echo "9. It is stopped, a second swap takes its address space out, and the shell reads its memory."
stop $pid || exit 1
is $(swap $pid 0) $l1 "the root that came out is frame $l1"
count=$(get $data 0) || exit 1
is $((count > 0)) 1 "it had counted to $((count))"
regs $pid || exit 1

echo "10. Back under it, and on."
swap $pid $l1 >/dev/null && resume $pid || exit 1
sleep 0.05
stop $pid && swap $pid 0 >/dev/null || exit 1
is $(($(get $data 0) > count)) 1 "it went on to $(($(get $data 0)))"
end $pid 7
wait $pid
is $? 7 "its status is 7"
reap $pid || exit 1
echo "Everything was so."
