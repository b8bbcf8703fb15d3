# SPDX-License-Identifier: ISC
for s in 'if' 'fi' 'echo (' 'while true' '"abc' 'case x in' 'echo $(' '| a' 'a ||' '{ a' 'a;;' 'for 1 in' '${' '$((1' ')'; do
	sh -c "$s" 2>/dev/null </dev/null; echo "$s: $?"
done
sh -c 'echo $((1/0)); echo never' 2>/dev/null; echo $?
sh -c 'echo ${x:?no}; echo never' 2>/dev/null; echo $?
sh -c 'echo $0 $1' name arg
