# SPDX-License-Identifier: ISC
x='a  b'; y="c d"
echo $x "$x" '$x' \$x "\$x \" \\"
echo "a'b" 'a"b' a\ b "" '' end
set -- ; echo "$@" x"$@"y; set -- "" 1 '2 3'; for i in "$@"; do echo "[$i]"; done
for i in $@; do echo "<$i>"; done; echo "$*"; IFS=:; echo "$*"; unset IFS
echo "nested $(echo "inner $(echo 'deep "q"')")" `echo back \`echo tick\``
echo a#b # a comment
echo one\
two
printf '%s|' "x"'y'z "$x"; echo
v=; for i in $v "$v" x$v; do echo "[$i]"; done
echo "${x}y" ${x}y
