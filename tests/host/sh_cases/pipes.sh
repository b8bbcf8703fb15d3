# SPDX-License-Identifier: ISC
echo abc | tr a-c x-z | cat; echo $?
true | false; echo $?; false | true; echo $?
printf '3\n1\n2\n' | sort | while read n; do echo n$n; done
echo a | { read x; echo got $x; }
for i in 1 2 3; do echo $i; done | sort -r | { while read x; do echo r$x; done; }
f() { while read l; do echo "f:$l"; done; }; echo hi | f | f
seq 1 20000 | cat | wc -l; seq 1 20000 | while read x; do echo $x; done | tail -1
x=$(seq 1 20000 | while read x; do echo $x; done | cat | tail -1); echo $x
yes | head -1
while true; do echo y; done | head -2
(echo s1; echo s2) | cat; ! echo q | grep -q z; echo $?
exit 3 | cat; echo still $?
echo a |
cat
sleep 0 & wait $!; echo $?; (exit 5) & wait $!; echo $?
{ echo bg; } & wait; false & p=$!; wait $p; echo $?
x=5; f() { echo fbg $x $1; }; f arg & wait; for i in 1 2; do echo l$i; done & wait
nosuchcommand 2>/dev/null; echo $?; /etc 2>/dev/null; echo $?
sh -c 'exit 9'; echo $?; sh -c 'kill -9 $$' 2>/dev/null; echo $?
X=env sh -c 'echo $X'; export Y=1; sh -c 'echo $Y'; echo ${X-unset}
