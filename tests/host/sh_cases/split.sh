# SPDX-License-Identifier: ISC
show() { echo $#; for i in "$@"; do echo "<$i>"; done; }
x='  a   b  '; show $x; show "$x"
IFS=:; x=a:b::c:; show $x; x=:a; show $x; x='a b:c'; show $x
IFS=' :'; x='a : b :: c'; show $x; IFS=; x='a b'; show $x; unset IFS
IFS=,; show $(echo a,b,,c); unset IFS
x='*'; show "$x" '*' \*; set -f; show $x; set +f
