# SPDX-License-Identifier: ISC
x='a  b'; f() { echo "f:$1"; return 3; }; set -- one 'two three'
{ cat <<A; echo after; } & wait
here $x
A
{ cat <<'A' | cat
raw $x
A
} & wait
if true; then echo "$x"; else echo no; fi & wait
for i in 1 "$x" 3; do case $i in 1|2) echo low;; a*) echo "[$i]";; *) ;; esac; done & wait
for i; do echo "<$i>"; done & wait
while read l; do echo "l:$l"; done <<B & wait
1
2
B
until true; do :; done & wait $!; echo $?
(cd /; pwd; f q || echo "st $?") & wait
! false & wait $!; echo $?
f r & wait $!; echo $?
true && { echo g; echo h; } || echo i & wait
g() { if [ $1 = 0 ]; then return 4; fi; g $(($1 - 1)); }; g 3 & wait $!; echo $?
{ echo a & wait; echo b; } & wait
(exit 6) & p=$!; wait $p; echo $?
{ y=1; echo "$y ${x:-d} $(echo sub) $((1+2))" >/tmp/shb.$$; cat </tmp/shb.$$; rm /tmp/shb.$$; } 2>&1 & wait
echo "$@" & wait
