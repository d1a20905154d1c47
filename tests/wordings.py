"""Wordings that no page says in its language: what careful native editors struck out.

A word ending in … stands for all that begin with it; after = stands all that a heading, label or
list entry says. Words that are right elsewhere stand with enough around them to be wrong.
"""

STRUCK = {
    "en": """
nobody in particular
claimed by one voice
claimed ·
met in Hà Nội. Managers
Managers, scientists
and mend shortcomings
learn from experience and mend
Both sides discuss
had reached its aims
companies of artists
go on tending
be speeded up
Humanitarian field
=Held last
=Edition before
=Edition after
=carried in
=Belongs with
=How it grew
=Speaks for
=Persons
=Areas
Both: limited
Both: complete
Nothing hangs on
Chooses the way
no source known to this record
has told this record
not a promise kept
In the fictional example
independent voice…
Saint Petersburg hosts the second
signed here
Say so
Always, w…
nobody to ask
Quillfeather
=Nothing waits.
""",
    "vi": """
các bên khác nhau
Các nguồn khác nhau
Nơi các nguồn khác nhau
=Con người
=Cá nhân
Địa bàn
địa bàn
Các cuộc gặp
các cuộc gặp
Cách đọc
Mạch việc
Trình đơn
Điều đã hứa, và điều đã thành
Thời gian đã công bố đã qua
mà hồ sơ này biết
30 tháng 9–1 tháng 10
tháng 9–tháng 11
tháng 10 năm 2026
Thời hạn: 2…
Nguồn tin (Atom)
nguồn tin độc lập
bài đăng nào về việc này
2 tham luận
cho một triệu liều sản xuất tại
Đoàn Thanh niên Cộng sản Hồ Chí Minh (Trung ương Đoàn)
ký tại đây
Quillfeather
Báo lỗi sai
Không ngôn ngữ nào là chủ
Việc cần tôi
bên chúng ta
thành phố bạn
theo lời đã dùng
=Đã qua ngày
""",
    "ru": """
выставка · состоялось
форум · состоялось
визит · состоялось
Разделы
Дословно
независимых голоса
независимый голос
независимых голосов
=Имена и названия
=Персоны
=Территории
Как оно складывалось
Совещание
летопис…
как достигший своих целей
пожелал, чтобы
У слов есть степени
(ориентировочно)
Где источники расходятся
Свободная программа
Вячеслав Геннадьевич
Санкт-Петербург принимает второй
подписано здесь
Quillfeather
Так и сказать
некого спросить
Всегда, если
Стороны обязуются разв…
=Новое
=Таблицей
корреспонденту TTXVN
""",
    "fr": """
Mode de lecture
visite · tenu
exposition · tenu
personne en particulier
demanderait à ses services d’étudier
Partenariat stratégique global
actions concrètes et utiles
actes concrets et utiles
muséographie
compagnies d’artistes
Une seule voix fait
Gestionnaires, scientifiques
se sont retrouvés
Courts échanges d’étudiants
Échanges courts d’étudiants
utiliser l’informatique
pour une prochaine édition meilleure
Rencontre de Bùi
Suivre ce qui change
ce qui fut
Les deux :
Décidé à la clôture
voix indépendante…
signé ici
Quillfeather
=Le dire
personne à solliciter
reporté d’une édition
réponse partielle des parties
instrument mal défini
constat de la rédaction
Vyacheslav Kalganov
ville héroïque
=Date passée
Flux d’actualité
En commencer une
""",
    "id": """
Sumbangan acara
Belum ada acara yang tercatat
=Kesempatan
para pihak berbeda
Sumber berbeda
utusan
usul tentang monumen
instansi yang berwenang
Masuk ke Rusia tanpa visa
Rusia memastikan akan meminta
Bidang kemanusiaan
“Tradisi dan Persahabatan” bagi Pengembangan
rapat
Rapat
siapa pun secara khusus
berdaya guna
penjurubahasaan
suara independen
rekaman
ditandatangani di sini
Quillfeather
=Tanggal lewat
tanpa alamat tertentu
ruang sidang
Persinggahan
Yang menunggu saya
dengan kata-kata yang dipakai
Disimpan oleh
""",
}
